// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ExportOptions;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.PredictOptions;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Counters;
import org.yolotorch.support.Quiet;

/** Nothing native outlives a call but the model, whatever sizes come and however often. */
class MemoryTest {
  private static final List<String> JVM =
      List.of("-Xmx96m", "-Xms96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-Xlog:disable");

  /** Bytes a minute that count as none: what a resident size moves by when nothing is lost. */
  private static final double MOST_MEGABYTES_A_MINUTE = 0.1;

  @TempDir Path folder;

  @Test
  void residentMemoryStaysFlat() throws Exception {
    boolean full = Boolean.getBoolean("yolotorch.long");
    // The JVM's own compiler would add 64 KB now and then for minutes.
    List<String> interpreted = new ArrayList<>(JVM);
    interpreted.add("-Xint");
    Path model = Assets.get("exported/yolo11n.torchscript");
    double[] flat = slope(interpreted, model, full ? 600 : 120, 0);
    Assets.figure("R8_resident_slope", flat[0], "MB/min");
    Assets.figure("R8_resident_without_files_slope", flat[1], "MB/min");
    Assets.figure("R8_bytes_in_use_slope", flat[2], "MB/min");
    Assets.figure("R8_calls", flat[3], "calls");
    Assets.figure("R8_open_models_left", flat[4], "models");
    // The same measurement, with a kilobyte lost a call, must see it.
    double[] leak = slope(interpreted, model, 20, 1024);
    Assets.figure("R8_bytes_in_use_slope_of_a_leak", leak[2], "MB/min");
    String both = Arrays.toString(flat) + " against " + Arrays.toString(leak);
    // One look of the JVM at a page of its own file, which the system maps with 15 others, is
    // 0.06 MB and no leak: only minutes tell such steps from a slope.
    assertTrue(!full || flat[0] <= MOST_MEGABYTES_A_MINUTE, both);
    assertTrue(flat[1] <= MOST_MEGABYTES_A_MINUTE, both);
    assertTrue(flat[2] <= MOST_MEGABYTES_A_MINUTE, both);
    assertTrue(leak[2] > MOST_MEGABYTES_A_MINUTE, both);
    assertTrue(flat[4] == 0, both);
  }

  private static double[] slope(List<String> jvm, Path model, int seconds, int lost)
      throws Exception {
    return Arrays.stream(ChildJvm.run(jvm, Slope.class, model, seconds, lost).split(" "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  @Test
  void threeHundredSizesTakeNoMoreThanOne() throws Exception {
    Path model = folder.resolve("dynamic.torchscript");
    try (Yolo yolo = Yolo.load(Path.of("yolo11n.yaml"), Quiet.OPTIONS)) {
      yolo.export(ExportOptions.builder().dynamic(true).file(model).build());
    }
    double one = Double.parseDouble(ChildJvm.run(JVM, Sizes.class, model, 1));
    double many = Double.parseDouble(ChildJvm.run(JVM, Sizes.class, model, 300));
    Assets.figure("R10_memory_of_300_sizes", many - one, "MB");
    assertTrue(many - one <= 200, one + " MB, then " + many + " MB");
  }

  @Test
  void runningOutIsAnErrorAndNotTheEnd() throws Exception {
    Path model = Assets.get("exported/yolo11n-dynamic.torchscript");
    // The heap is small, and the address space ends soon after what the libraries take.
    List<String> command =
        ChildJvm.command(
            List.of("-Xmx32m", "-XX:MaxDirectMemorySize=512m", "-XX:+UseSerialGC"),
            Exhausted.class,
            model);
    StringBuilder line = new StringBuilder("ulimit -v 5000000; exec");
    for (String word : command) {
      line.append(" '").append(word).append("'");
    }
    Process process =
        new ProcessBuilder("bash", "-c", line.toString()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes()).strip();
    int code = process.waitFor();
    Assets.figure("R18_exit_code", code, "code");
    assertTrue(code == 0 && printed.endsWith("OUT_OF_MEMORY, then 1 result"), printed);
  }

  @Test
  void theBrakeOfJavaCppStaysOff() throws Exception {
    boolean full = Boolean.getBoolean("yolotorch.long");
    Path model = Assets.get("exported/yolo11n.torchscript");
    try (Predictor small = new Predictor("-Xmx256m", model);
        Predictor large = new Predictor("-Xmx4g", model)) {
      // In turn, because the machine may be busy now and idle then.
      for (int round = 0; round < (full ? 50 : 10); round++) {
        small.predict();
        large.predict();
      }
      double p99 = small.percentile(99) / large.percentile(99);
      double median = small.percentile(50) / large.percentile(50);
      Assets.figure("R28_resident", small.resident, "MB");
      Assets.figure("R28_p99_small_heap_over_large", p99, "ratio");
      Assets.figure("R28_median_small_heap_over_large", median, "ratio");
      assertTrue(small.resident >= 2000, "resident " + small.resident + " MB");
      // A stop of the brake lasts a tenth of a second and would come with every call. A busy
      // machine can delay a call, so that few calls are held to their median.
      assertTrue((full ? p99 : median) <= 1.2, "p99 " + p99 + ", median " + median);
    }
  }

  /** A JVM with so much heap that predicts when it is asked to. */
  private static final class Predictor implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final List<Double> times = new ArrayList<>();
    private final double resident;

    Predictor(String heap, Path model) throws IOException {
      List<String> options =
          List.of(heap, "-XX:MaxDirectMemorySize=3g", "-XX:+UseSerialGC", "-Xlog:disable");
      process = ChildJvm.start(options, Batches.class, model);
      answers = process.inputReader();
      questions = new PrintStream(process.getOutputStream(), true);
      resident = Double.parseDouble(answer());
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      assertNotNull(line, "the JVM ended");
      return line;
    }

    void predict() throws IOException {
      questions.println("predict");
      for (String time : answer().split(" ")) {
        times.add(Double.parseDouble(time));
      }
      times.sort(null);
    }

    double percentile(int percent) {
      return times.get((times.size() - 1) * percent / 100);
    }

    @Override
    public void close() {
      questions.close();
      assertEquals(0, process.onExit().join().exitValue());
    }
  }

  /**
   * Four threads predict; prints, over the last half, the slopes of the resident size, of its part
   * that is no file's, and of the bytes in use in MB/min, then the calls and the models left open.
   */
  static final class Slope {
    /** Calls of each thread between two samples: none runs while one is taken. */
    private static final int CALLS = 4;

    private static final int THREADS = 4;

    public static void main(String[] args) throws Exception {
      long nanoseconds = Long.parseLong(args[1]) * 1_000_000_000L;
      int lost = Integer.parseInt(args[2]);
      Yolo model = Yolo.load(Path.of(args[0]));
      ExecutorService callers = Executors.newFixedThreadPool(THREADS);
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Image image = Child.noise(i, 640, 640);
        work.add(
            () -> {
              for (int call = 0; call < CALLS; call++) {
                model.predict(image);
                Counters.lose(lost);
              }
              return null;
            });
      }
      List<double[]> samples = new ArrayList<>();
      long start = System.nanoTime();
      int calls = 0;
      while (System.nanoTime() - start < nanoseconds) {
        for (var done : callers.invokeAll(work)) {
          done.get();
        }
        calls += THREADS * CALLS;
        double minutes = (System.nanoTime() - start) / 6e10;
        long resident = Child.residentBytes();
        samples.add(
            new double[] {minutes, resident, resident - Child.fileBytes(), Counters.bytesInUse()});
      }
      callers.shutdown();
      model.close();
      List<double[]> lastHalf = samples.subList(samples.size() / 2, samples.size());
      System.out.println(
          slope(lastHalf, 1)
              + " "
              + slope(lastHalf, 2)
              + " "
              + slope(lastHalf, 3)
              + " "
              + calls
              + " "
              + Counters.openModels());
    }

    /**
     * The median of the slopes between all pairs of samples, after Theil and Sen: malloc may keep
     * some freed megabytes from one moment on, and such a step is no slope.
     */
    private static double slope(List<double[]> samples, int column) {
      List<Double> slopes = new ArrayList<>();
      for (double[] a : samples) {
        for (double[] b : samples) {
          if (a[0] < b[0]) {
            slopes.add((b[column] - a[column]) / (1 << 20) / (b[0] - a[0]));
          }
        }
      }
      slopes.sort(null);
      return slopes.get(slopes.size() / 2);
    }
  }

  /** Predicts 300 times at so many sizes; prints the resident size in MB. */
  static final class Sizes {
    public static void main(String[] args) throws Exception {
      int sizes = Integer.parseInt(args[1]);
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        Image image = Child.noise(1, 300, 200);
        for (int i = 0; i < 300; i++) {
          // All different: 20 heights, 15 widths, up to 640 x 480.
          int k = i % sizes;
          ImageSize size =
              sizes == 1
                  ? new ImageSize(640, 480)
                  : new ImageSize(32 + 32 * (k % 20), 32 + 32 * (k / 20));
          model.predict(image, PredictOptions.builder().imgsz(size).build());
        }
        System.out.println(Child.residentBytes() / (double) (1 << 20));
      }
    }
  }

  /** Asks for more memory than there is, then for little. */
  static final class Exhausted {
    public static void main(String[] args) {
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        Image image = Child.noise(1, 640, 640);
        List<Image> batch = Collections.nCopies(64, image);
        String first;
        try {
          model.predict(batch, PredictOptions.builder().imgsz(1280).build());
          first = "no failure";
        } catch (YoloException e) {
          first = e.code().toString();
        }
        int results =
            model.predict(List.of(image), PredictOptions.builder().imgsz(64).build()).size();
        System.out.println(first + ", then " + results + " result");
      }
    }
  }

  /**
   * One batch that takes two gigabytes, then as much is held; prints the highest resident size in
   * MB. For each line that is read then, ten pictures are predicted; prints how long each took, in
   * ms.
   */
  static final class Batches {
    public static void main(String[] args) throws IOException {
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        Image image = Child.noise(1, 640, 640);
        model.predict(Collections.nCopies(288, image));
        long highest = Child.peakBytes();
        ByteBuffer held = ByteBuffer.allocateDirect(2_000_000_000);
        for (int i = 0; i < held.capacity(); i += 4096) {
          held.put(i, (byte) 1);
        }
        System.out.println(highest / (double) (1 << 20));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        while (questions.readLine() != null) {
          StringBuilder times = new StringBuilder();
          for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            model.predict(image);
            times.append((System.nanoTime() - start) / 1e6).append(' ');
          }
          System.out.println(times);
        }
        held.put(0, held.get(1));
      }
    }
  }
}
