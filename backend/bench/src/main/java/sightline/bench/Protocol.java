package sightline.bench;

/** What browsers of Sightline speak; names as on the command line. */
enum Protocol implements Dialect {
  json("sightline.v1.json"),
  bin("sightline.v1.bin");

  private final String subprotocol;

  Protocol(String subprotocol) {
    this.subprotocol = subprotocol;
  }

  @Override
  public String subprotocol() {
    return subprotocol;
  }

  @Override
  public int opcode() {
    return ClientFrames.TEXT;
  }

  @Override
  public byte[] greeting() {
    return greeting(0, View.all, 0);
  }

  @Override
  public byte[] greeting(int browser, View view, int devices) {
    return Motion.ascii(view.subscribe(browser, devices));
  }

  @Override
  public MessageReader reader(MessageReader.Sink sink, boolean sampled) {
    return switch (this) {
      case json -> new MessageScanner(sink);
      case bin -> new BinaryReader(sink);
    };
  }

  @Override
  public boolean recorded() {
    return this == json;
  }
}
