// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;
import org.yolotorch.support.Quiet;

/** Callers may be many and short-lived; what computes is one native thread and its helpers. */
class ManyCallersTest {
  private static final List<String> JVM = List.of("-Xmx128m", "-Xss512k", "-XX:+UseSerialGC");

  @Test
  void shortLivedThreadsLeaveNothingBehind() throws Exception {
    check("threads", ChildJvm.run(JVM, Crowd.class, "threads", 200));
  }

  @Test
  void aThousandVirtualThreadsShareOneModel() throws Exception {
    Path java = ChildJvm.newestJava();
    Assumptions.assumeTrue(java != null, "No JDK of version 21 or newer is here.");
    check("virtual", ChildJvm.runWith(java, JVM, Crowd.class, "virtual", 1000));
  }

  @Test
  void aThousandVirtualThreadsShareBatches() throws Exception {
    Path java = ChildJvm.newestJava();
    Assumptions.assumeTrue(java != null, "No JDK of version 21 or newer is here.");
    check("batched", ChildJvm.runWith(java, JVM, Crowd.class, "virtual", 1000, "batching"));
  }

  @Test
  void eightThreadsGetTheSameBits() throws Exception {
    Path model = Assets.get("exported/yolo11n.torchscript");
    int rounds = Boolean.getBoolean("yolotorch.long") ? 1000 : 160;
    String different = ChildJvm.run(JVM, Same.class, model, Assets.get("images/bus.jpg"), rounds);
    Assets.figure("R12_predictions", rounds, "calls");
    Assets.figure("R12_different", Double.parseDouble(different), "results");
    assertTrue(different.equals("0"), different);
  }

  /** A line "threads added, MB added". */
  private static void check(String name, String line) {
    String[] numbers = line.split(" ");
    double threads = Double.parseDouble(numbers[0]);
    double megabytes = Double.parseDouble(numbers[1]);
    Assets.figure("R11_" + name + "_native_threads_added", threads, "threads");
    Assets.figure("R11_" + name + "_memory_added", megabytes, "MB");
    assertTrue(threads <= 0, line);
    assertTrue(megabytes <= 50, line);
  }

  /** Predicts once from each of many threads. */
  static final class Crowd {
    public static void main(String[] args) throws Exception {
      int count = Integer.parseInt(args[1]);
      PredictOptions small = PredictOptions.builder().imgsz(32).build();
      Image image = Child.noise(1, 64, 48);
      LoadOptions batching =
          LoadOptions.builder().onWarning(w -> {}).batching(8, Duration.ofMillis(2)).build();
      LoadOptions how = args.length > 2 ? batching : Quiet.OPTIONS;
      try (Yolo model = Yolo.load(Path.of("yolo11n.yaml"), how)) {
        // What is made once is there before anything is counted: the worker, its helpers, and
        // half of the crowd, which also fills the JVM's own pools.
        crowd(args[0], count / 2, model, image, small);
        System.gc();
        int threads = Child.threads(0);
        long resident = Child.residentBytes();
        crowd(args[0], count, model, image, small);
        System.gc();
        System.out.println(
            (Child.threads(threads) - threads)
                + " "
                + (Child.residentBytes() - resident) / (double) (1 << 20));
      }
    }

    private static void crowd(
        String kind, int count, Yolo model, Image image, PredictOptions options) throws Exception {
      List<Future<Result>> results = new ArrayList<>();
      ExecutorService service =
          kind.equals("virtual")
              ? (ExecutorService)
                  Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
              : Executors.newFixedThreadPool(count);
      for (int i = 0; i < count; i++) {
        results.add(service.submit(() -> model.predict(image, options)));
      }
      for (Future<Result> result : results) {
        result.get();
      }
      service.shutdown();
      Hang.until("the callers have ended", service::isTerminated);
    }
  }

  /** Predicts the same picture from eight threads and prints how many results differ. */
  static final class Same {
    public static void main(String[] args) throws Exception {
      int rounds = Integer.parseInt(args[2]);
      Image image = Image.read(Path.of(args[1]));
      ExecutorService service = Executors.newFixedThreadPool(8);
      int different = 0;
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        String first = model.predict(image).boxes().toString();
        List<Future<Result>> results = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
          results.add(service.submit(() -> model.predict(image)));
        }
        for (Future<Result> result : results) {
          different += result.get().boxes().toString().equals(first) ? 0 : 1;
        }
      }
      service.shutdown();
      System.out.println(different);
    }
  }
}
