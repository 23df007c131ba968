// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.yolotorch.Assets;
import org.yolotorch.ChildJvm;
import org.yolotorch.Image;
import org.yolotorch.Yolo;

/** A process may end at any moment, whatever native code is doing: with its code, and no signal. */
class ExitTest {
  private static final int SIGTERM = 128 + 15;

  @Test
  void endsAsAskedWhateverRuns() throws Exception {
    Path model = Assets.get("exported/shapes-obb-nms.torchscript");
    int rounds = Boolean.getBoolean("yolotorch.long") ? 200 : 24;
    Random random = new Random(19);
    int wrong = 0;
    double slowest = 0;
    for (int round = 0; round < rounds; round++) {
      String way = List.of("exit", "halt", "daemon", "terminate").get(round % 4);
      // From before the library is there to well into predictions.
      int delay = random.nextInt(900);
      long start = System.nanoTime();
      Process process =
          ChildJvm.start(
              List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
              Busy.class,
              model,
              way,
              delay);
      int expected = way.equals("daemon") ? 0 : way.equals("terminate") ? SIGTERM : 42;
      if (way.equals("terminate")) {
        // The runtime itself takes some 40 ms before it can be told anything.
        Thread.sleep(200 + delay);
        // Not destroy(), which also closes the streams.
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      }
      String printed = new String(process.getInputStream().readAllBytes());
      int code = process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
      if (code != expected) {
        wrong++;
        System.out.println(
            way
                + " after "
                + delay
                + " ms: expected "
                + expected
                + ", got "
                + code
                + " "
                + printed);
      }
    }
    Assets.figure("R19_exits", rounds, "processes");
    Assets.figure("R19_wrong", wrong, "processes");
    Assets.figure("R19_slowest", slowest, "s");
    assertEquals(0, wrong);
  }

  /** Loads and predicts without end on daemon threads; the main thread ends the process. */
  static final class Busy {
    public static void main(String[] args) throws Exception {
      Path file = Path.of(args[0]);
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(() -> work(file));
        thread.setDaemon(true);
        thread.start();
      }
      if (args[1].equals("terminate")) {
        Thread.sleep(30_000);
      }
      Thread.sleep(Integer.parseInt(args[2]));
      if (args[1].equals("exit")) {
        System.exit(42);
      } else if (args[1].equals("halt")) {
        Runtime.getRuntime().halt(42);
      }
    }

    private static void work(Path file) {
      Image image = Child.noise(1, 64, 64);
      while (true) {
        try (Yolo model = Yolo.load(file)) {
          for (int i = 0; i < 5; i++) {
            model.predict(image);
          }
        }
      }
    }
  }
}
