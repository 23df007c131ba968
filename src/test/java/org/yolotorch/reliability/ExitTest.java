// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Quiet;

/** A process may end at any moment, whatever native code is doing: with its code, and no signal. */
class ExitTest {
  private static final int SIGTERM = 128 + 15;

  @Test
  void endsAsAskedWhateverRuns() throws Exception {
    // From before the library is there to well into predictions.
    end("R19", Boolean.getBoolean("yolotorch.long") ? 200 : 12, 900);
  }

  @Test
  void endsAsAskedWhileTheFirstArchiveLoads() throws Exception {
    // LibTorch makes global objects at the first load, and here after the first prediction.
    end("R19_first_load", Boolean.getBoolean("yolotorch.long") ? 100 : 8, 200, "yolo11n.yaml");
  }

  @Test
  void endsAsAskedWithinALargeBatch() throws Exception {
    // Far more than exit waits for; above level 2 a batch ends before its next picture.
    assertEquals(42, code(Batch.class, "yolo11n.yaml", 3, 60));
  }

  @Test
  void endsAsAskedWithinWhatIsOnePiece() throws Exception {
    assertEquals(42, code(Batch.class, "yolo11x.yaml", 1, 3));
  }

  private static int code(Class<?> main, Object... args) throws Exception {
    Process process = ChildJvm.start(List.of("-XX:+UseSerialGC"), main, args);
    String printed = new String(process.getInputStream().readAllBytes());
    assertEquals("predicting\n", printed);
    return process.waitFor();
  }

  private static void end(String figure, int rounds, int longestDelay, String... built)
      throws Exception {
    Path model = Assets.get("exported/shapes-obb-nms.torchscript");
    Random random = new Random(19);
    int wrong = 0;
    for (int round = 0; round < rounds; round++) {
      String way = List.of("exit", "halt", "daemon", "terminate").get(round % 4);
      int delay = random.nextInt(longestDelay);
      List<Object> args = new ArrayList<>(List.of(model, way, delay));
      args.addAll(List.of(built));
      Process process =
          ChildJvm.start(
              List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
              Busy.class,
              args.toArray());
      int expected = way.equals("daemon") ? 0 : way.equals("terminate") ? SIGTERM : 42;
      String printed = new String(process.getInputStream().readAllBytes());
      int code = process.waitFor();
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
    Assets.figure(figure + "_exits", rounds, "processes");
    Assets.figure(figure + "_wrong", wrong, "processes");
    assertEquals(0, wrong);
  }

  /** Ends within a batch that runs at this level. */
  static final class Batch {
    public static void main(String[] args) throws Exception {
      LoadOptions level =
          LoadOptions.builder()
              .optimizeLevel(Integer.parseInt(args[1]))
              .onWarning(warning -> {})
              .build();
      Yolo model = Yolo.load(Path.of(args[0]), level);
      PredictOptions options = PredictOptions.builder().imgsz(1280).build();
      List<Image> batch =
          Collections.nCopies(Integer.parseInt(args[2]), Child.noise(1, 1280, 1280));
      Thread thread = new Thread(() -> model.predict(batch, options));
      thread.setDaemon(true);
      thread.start();
      Thread.sleep(2000);
      System.out.println("predicting");
      System.exit(42);
    }
  }

  /**
   * Loads and predicts without end on daemon threads; the main thread ends the process. With a
   * fourth argument a network that was built, and not loaded, predicts before all that.
   */
  static final class Busy {
    public static void main(String[] args) throws Exception {
      Path file = Path.of(args[0]);
      if (args.length > 3) {
        try (Yolo built = Yolo.load(Path.of(args[3]), Quiet.OPTIONS)) {
          built.predict(Child.noise(1, 64, 64), PredictOptions.builder().imgsz(64).build());
        }
      }
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(() -> work(file));
        thread.setDaemon(true);
        thread.start();
      }
      Thread.sleep(Integer.parseInt(args[2]));
      switch (args[1]) {
        case "exit" -> System.exit(42);
        case "halt" -> Runtime.getRuntime().halt(42);
        case "terminate" -> {
          String self = Long.toString(ProcessHandle.current().pid());
          new ProcessBuilder("kill", "-TERM", self).start();
          Thread.currentThread().join(); // for ever
        }
        default -> {} // main ends, and daemons do not hold the process
      }
    }

    private static void work(Path file) {
      List<Image> batch = Collections.nCopies(4, Child.noise(1, 64, 64));
      while (true) {
        try (Yolo model = Yolo.load(file)) {
          for (int i = 0; i < 5; i++) {
            // One picture on several cores, then several pictures side by side.
            model.predict(batch.subList(0, i % 2 == 0 ? 1 : batch.size()));
          }
        }
      }
    }
  }
}
