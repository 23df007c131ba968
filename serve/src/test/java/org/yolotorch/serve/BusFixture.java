// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;

/** A server with yolo11n, a picture, and what the library finds in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BusFixture {
  YoloServer server;
  Client client;
  byte[] bus;
  Result expected;

  /** Settings beside the model and the port. */
  abstract List<String> settings();

  @BeforeAll
  void start() throws IOException {
    String model = Assets.get("exported/yolo11n.torchscript").toString();
    server =
        YoloServer.start(
            ServeOptions.of(
                Stream.concat(Stream.of("model=" + model, "port=0"), settings().stream())
                    .toList()));
    client = new Client(server.uri());
    bus = Files.readAllBytes(Assets.get("images/bus.jpg"));
    try (Yolo yolo = Yolo.load(model)) {
      expected = yolo.predict(Assets.get("images/bus.jpg"));
    }
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }
}
