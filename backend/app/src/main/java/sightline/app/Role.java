package sightline.app;

/** What a process that `run` starts can be. */
enum Role {
  /** MQTT to bus and history; one of several is the active one. */
  BRIDGE,
  /** Browsers, API and the page. */
  GATEWAY,
  /** Positions into history, and retention. */
  RECORDER,
  /** Measures the whole path, from a device to a browser of each gateway. */
  PROBE
}
