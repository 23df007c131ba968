// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yolotorch.Yolo;
import org.yolotorch.benchmarks.peer.Unavailable;
import org.yolotorch.train.BatchProgress;
import org.yolotorch.train.TrainArgument;
import org.yolotorch.train.TrainListener;
import org.yolotorch.train.TrainOptions;

/**
 * An epoch of a training in float32, in turns with LibTorch alone, as many steps of the same
 * network on tensors of noise, without pictures, labels or a moving average, and with an epoch in
 * bfloat16.
 */
final class Train {
  private static final int BATCH = 8;
  private static final int CLASSES = 80;
  private static final Path PROGRAM = Path.of("target/native/yolotorch_train_alone");

  private final Path folder;
  private final Path data;
  private final String fraction;

  private Train(Path folder, String fraction) throws IOException {
    this.folder = folder;
    this.fraction = fraction;
    this.data = folder.resolve("data.yaml");
    Files.writeString(
        data,
        "path: "
            + Main.assets()
            + "\ntrain: images/coco128\nval: images/coco128\nnames:\n"
            + IntStream.range(0, CLASSES)
                .mapToObj(id -> "  " + id + ": class" + id + "\n")
                .collect(Collectors.joining()));
  }

  static void measure(List<String> arguments)
      throws IOException, InterruptedException, Unavailable {
    Arguments options =
        Arguments.of(arguments, Map.of("rounds", "3", "imgsz", "320,640", "fraction", "1.0"));
    if (!Files.isDirectory(Main.assets().resolve("images/coco128")) || !Files.exists(PROGRAM)) {
      throw new Unavailable("a training needs " + PROGRAM + " and the pictures of coco128");
    }
    Path folder = Files.createTempDirectory("yolotorch-train");
    try {
      Train train = new Train(folder, options.text("fraction"));
      System.out.println("Epochs in batches of " + BATCH + ", in turns with LibTorch alone:");
      for (int side : options.counts("imgsz")) {
        train.compare(side, options.count("rounds"));
      }
      System.out.println(Machine.describe());
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void compare(int side, int rounds) throws IOException, InterruptedException {
    List<Double> rates = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> waiting = new ArrayList<>();
    List<Double> faster = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      BatchProgress epoch = epoch(side, false);
      rates.add(epoch.picturesPerSecond());
      ratios.add(epoch.picturesPerSecond() / alone(side, epoch.batches()));
      waiting.add(epoch.waited());
      faster.add(epoch(side, true).picturesPerSecond() / epoch.picturesPerSecond());
    }
    String name = "train_" + side;
    figure(name + "_images_per_s", rates, "pictures/s");
    figure(name + "_of_libtorch_alone", ratios, "times");
    figure(name + "_waiting", waiting, "of the time");
    figure(name + "_amp_over_float32", faster, "times");
  }

  /** An epoch whose every batch is a step, as its last batch tells. */
  private BatchProgress epoch(int side, boolean amp) {
    TrainOptions options =
        TrainOptions.builder("yolo11n.yaml", data)
            .epochs(1)
            .imgsz(side)
            .batch(BATCH)
            .project(folder)
            .set(TrainArgument.NBS, BATCH)
            .set(TrainArgument.OPTIMIZER, "AdamW")
            .set(TrainArgument.AMP, amp)
            .set(TrainArgument.FRACTION, fraction)
            .set(TrainArgument.VAL, false)
            .set(TrainArgument.SAVE, false)
            .set(TrainArgument.PLOTS, false)
            .build();
    BatchProgress[] last = new BatchProgress[1];
    Yolo.train(
        options,
        new TrainListener() {
          @Override
          public void learned(BatchProgress progress) {
            last[0] = progress;
          }

          @Override
          public void warned(String sentence) {}
        });
    return last[0];
  }

  /** Pictures per second of LibTorch alone. */
  private static double alone(int side, int steps) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(PROGRAM.toString(), "" + side, "" + BATCH, "" + steps)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // What the library sets for itself; without it LibTorch is several times slower.
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(PROGRAM + " failed: " + printed);
    }
    return Double.parseDouble(printed);
  }

  private static void figure(String name, List<Double> values, String unit) {
    System.out.printf(Locale.ROOT, "FIGURE %s=%.3f %s%n", name, Timing.median(values), unit);
  }
}
