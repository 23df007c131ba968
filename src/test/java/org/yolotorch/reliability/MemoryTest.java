// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
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
import org.yolotorch.support.Hang;
import org.yolotorch.support.Quiet;

/** Nothing native outlives a call but the model, whatever sizes come and however often. */
class MemoryTest {
  private static final List<String> JVM =
      List.of("-Xmx96m", "-Xms96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-Xlog:disable");

  /** Bytes per call that count as none: what a size moves by when nothing is lost. */
  private static final double MOST_BYTES = 64;

  @TempDir Path folder;

  /** The bytes in use tell a leak in seconds; the resident size does so only after minutes. */
  @Test
  void memoryStaysFlat() throws Exception {
    boolean full = Boolean.getBoolean("yolotorch.long");
    // The JVM's own compiler would add 64 KB now and then for minutes.
    List<String> interpreted = new ArrayList<>(JVM);
    interpreted.add("-Xint");
    Path model = export(ExportOptions.builder().imgsz(160));
    double[] flat = slope(interpreted, model, full ? 200 : 2, 0);
    Assets.figure("R8_resident_slope", flat[0], "bytes/call");
    Assets.figure("R8_resident_without_files_slope", flat[1], "bytes/call");
    Assets.figure("R8_bytes_in_use_slope", flat[2], "bytes/call");
    Assets.figure("R8_calls", flat[3], "calls");
    Assets.figure("R8_open_models_left", flat[4], "models");
    // The same measurement, with a kilobyte lost per call, must see it.
    double[] leak = slope(interpreted, model, 2, 1024);
    Assets.figure("R8_bytes_in_use_slope_of_a_leak", leak[2], "bytes/call");
    String both = Arrays.toString(flat) + " against " + Arrays.toString(leak);
    assertTrue(!full || flat[0] <= MOST_BYTES, both);
    assertTrue(!full || flat[1] <= MOST_BYTES, both);
    assertTrue(flat[2] <= MOST_BYTES, both);
    assertTrue(leak[2] > 512, both);
    assertEquals(0, flat[4], both);
  }

  private Path export(ExportOptions.Builder options) {
    try (Yolo yolo = Yolo.load(Path.of("yolo11n.yaml"), Quiet.OPTIONS)) {
      return yolo.export(options.file(folder.resolve("model.torchscript")).build());
    }
  }

  private static double[] slope(List<String> jvm, Path model, int calls, int lost)
      throws Exception {
    return Arrays.stream(ChildJvm.run(jvm, Slope.class, model, calls, lost).split(" "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  @Test
  void threeHundredSizesTakeNoMoreThanOne() throws Exception {
    Path model = export(ExportOptions.builder().dynamic(true));
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
        Hang.start(new ProcessBuilder("bash", "-c", line.toString()).redirectErrorStream(true));
    String printed = new String(process.getInputStream().readAllBytes()).strip();
    int code = process.waitFor();
    Assets.figure("R18_exit_code", code, "code");
    assertTrue(code == 0 && printed.endsWith("OUT_OF_MEMORY, then 1 result"), printed);
  }

  /**
   * JavaCPP collects garbage and sleeps, by default, whenever the process takes more than some
   * times the heap: with each allocation of a pointer of its own.
   */
  @Test
  void theBrakeOfJavaCppStaysOff() throws Exception {
    List<String> small = List.of("-Xmx48m", "-XX:MaxDirectMemorySize=1g", "-XX:+UseSerialGC");
    String[] off = ChildJvm.run(small, Brake.class).split(" ");
    double resident = Double.parseDouble(off[0]);
    Assets.figure("R28_resident", resident, "MB");
    Assets.figure("R28_collections", Double.parseDouble(off[1]), "collections");
    Assets.figure("R28_pointers", Double.parseDouble(off[2]), "pointers");
    assertTrue(resident >= 10 * 48, "resident " + resident + " MB");
    assertEquals("0", off[1]);
    assertEquals("0", off[2]);
    // The same must see one pointer where the brake is on.
    List<String> braked = new ArrayList<>(small);
    braked.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=192m");
    String[] on = ChildJvm.run(braked, Brake.class, "pointer").split(" ");
    Assets.figure("R28_collections_of_a_brake", Double.parseDouble(on[1]), "collections");
    assertTrue(Double.parseDouble(on[1]) > 0, String.join(" ", on));
  }

  /**
   * Four threads predict; prints, over the last half, the slopes of the resident size, of its part
   * that is no file's, and of the bytes in use in bytes per call, then the calls and the models
   * left open.
   */
  static final class Slope {
    private static final int SAMPLES = 120;
    private static final int THREADS = 4;

    public static void main(String[] args) throws Exception {
      int calls = Integer.parseInt(args[1]);
      int lost = Integer.parseInt(args[2]);
      Yolo model = Yolo.load(Path.of(args[0]));
      ExecutorService callers = Executors.newFixedThreadPool(THREADS);
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Image image = Child.noise(i, 640, 640);
        work.add(
            () -> {
              for (int call = 0; call < calls; call++) {
                model.predict(image);
                Counters.lose(lost);
              }
              return null;
            });
      }
      List<double[]> samples = new ArrayList<>();
      for (int i = 1; i <= SAMPLES; i++) {
        // No call runs while a sample is taken.
        for (var done : callers.invokeAll(work)) {
          done.get();
        }
        long resident = Child.residentBytes();
        samples.add(
            new double[] {
              i * THREADS * calls, resident, resident - Child.fileBytes(), Counters.bytesInUse()
            });
      }
      callers.shutdown();
      model.close();
      List<double[]> lastHalf = samples.subList(SAMPLES / 2, SAMPLES);
      System.out.println(
          slope(lastHalf, 1)
              + " "
              + slope(lastHalf, 2)
              + " "
              + slope(lastHalf, 3)
              + " "
              + SAMPLES * THREADS * calls
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
            slopes.add((b[column] - a[column]) / (b[0] - a[0]));
          }
        }
      }
      slopes.sort(null);
      return slopes.get(slopes.size() / 2);
    }
  }

  /** Predicts at so many sizes, some times at least; prints the resident size in MB. */
  static final class Sizes {
    public static void main(String[] args) throws Exception {
      int sizes = Integer.parseInt(args[1]);
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        Image image = Child.noise(1, 300, 200);
        for (int i = 0; i < Math.max(sizes, 30); i++) {
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
   * Holds ten times as much memory as there is heap, then predicts; prints the resident size in MB,
   * and how many full collections and pointers of JavaCPP the predictions took. With an argument it
   * asks for a pointer, too.
   */
  static final class Brake {
    public static void main(String[] args) throws IOException {
      try (Yolo model = Yolo.load(Path.of("yolo11n.yaml"), Quiet.OPTIONS)) {
        ByteBuffer held = ByteBuffer.allocateDirect(480 << 20);
        for (int i = 0; i < held.capacity(); i += 4096) {
          held.put(i, (byte) 1);
        }
        Image image = Child.noise(1, 64, 64);
        PredictOptions options = PredictOptions.builder().imgsz(64).build();
        model.predict(image, options);
        long collections = fullCollections();
        long pointers = Pointer.totalCount();
        for (int i = 0; i < 20; i++) {
          model.predict(image, options);
        }
        if (args.length > 0) {
          try (BytePointer pointer = new BytePointer(1)) {
            throw new AssertionError("The brake let " + pointer + " pass.");
          } catch (OutOfMemoryError expected) {
            // The brake has given up.
          }
        }
        System.out.println(
            Child.residentBytes() / (double) (1 << 20)
                + " "
                + (fullCollections() - collections)
                + " "
                + (Pointer.totalCount() - pointers));
        held.put(0, held.get(1));
      }
    }

    private static long fullCollections() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .filter(collector -> collector.getName().equals("MarkSweepCompact"))
          .mapToLong(GarbageCollectorMXBean::getCollectionCount)
          .sum();
    }
  }
}
