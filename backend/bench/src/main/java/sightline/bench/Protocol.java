package sightline.bench;

/** What browsers speak; names as on the command line. */
enum Protocol {
  json("sightline.v1.json"),
  bin("sightline.v1.bin");

  private final String subprotocol;

  Protocol(String subprotocol) {
    this.subprotocol = subprotocol;
  }

  String subprotocol() {
    return subprotocol;
  }

  /** What takes a browser's messages apart. */
  MessageReader reader(MessageReader.Sink sink) {
    return switch (this) {
      case json -> new MessageScanner(sink);
      case bin -> new BinaryReader(sink);
    };
  }
}
