package sightline.gateway;

import java.util.concurrent.Executor;
import sightline.bus.HotState;
import sightline.history.EventLog;

/**
 * Where the hub reads what the bus did not bring; each read blocks, so it runs on {@code blocking}.
 *
 * @param hot hot state
 * @param log the event log
 * @param blocking a thread for each task
 */
record Sources(HotState hot, EventLog log, Executor blocking) {}
