// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.ExportOptions;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelInfo;
import org.yolotorch.PixelFormat;
import org.yolotorch.Precision;
import org.yolotorch.PredictOptions;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.data.DataPlaces;
import org.yolotorch.val.ValListener;
import org.yolotorch.val.ValOptions;
import org.yolotorch.val.ValResult;

/**
 * {@code yolo benchmark}: the model as it is and, of a checkpoint, every kind of archive it can be
 * exported as, each at every optimize level and in every precision on each device.
 */
final class BenchmarkCommand {
  private static final int WARM_UP = 3;
  private static final int LEAST_RUNS = 10;
  private static final long LEAST_NANOS = 500_000_000L;
  private static final double MEGABYTE = 1 << 20;

  private final Values values;
  private final Console console;
  private final Console talk;
  private final ValOptions options;
  private final List<BenchmarkTable.Row> rows = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private Path source;
  private boolean failed;

  /** Builds the options first, so that a wrong one is reported before any file is touched. */
  BenchmarkCommand(Values values, Console console) {
    this.values = values;
    this.console = console;
    values.needModel();
    this.talk = console.with(false, values.flag(Argument.VERBOSE));
    this.options =
        values.isGiven(Argument.DATA)
            ? ValOptions.builder(ValCommand.dataFile(values))
                .imgsz(values.size(Argument.IMGSZ))
                .batch(1)
                .build()
            : null;
    RunDirectory.check(values, Mode.BENCHMARK);
  }

  /** Measures everything; the exit code. */
  int run() {
    if (options != null) {
      DataPlaces.ofThisProcess().find(options.data());
    }
    source = console.modelFile(values);
    Path folder;
    ModelInfo info;
    boolean stopped = false;
    Map<String, Path> archives = new LinkedHashMap<>();
    try (Interrupt interrupt = new Interrupt(console)) {
      try (Yolo model = talk.load(values, source)) {
        info = model.info();
        folder = RunDirectory.of(values, info.task(), Mode.BENCHMARK);
        makeArchives(model, folder, archives);
      }
      for (Map.Entry<String, Path> archive : archives.entrySet()) {
        for (String device : devices()) {
          for (Precision precision : precisions(device)) {
            // Other devices take no notice of the level, and bfloat16 needs the highest.
            boolean all = device.equals("cpu") && precision == Precision.FP32;
            int least = all ? 0 : LoadOptions.MAX_OPTIMIZE_LEVEL;
            for (int level = least; level <= LoadOptions.MAX_OPTIMIZE_LEVEL; level++) {
              stopped = interrupt.isAsked();
              if (!stopped) {
                rows.add(row(archive, precision, level, device));
              }
            }
          }
        }
      }
    } finally {
      archives.values().stream().filter(path -> !path.equals(source)).forEach(this::delete);
    }
    BenchmarkTable table =
        new BenchmarkTable(info.task() == Task.CLASSIFY ? "top1" : "mAP50-95", rows);
    console.line("");
    table.lines().forEach(console::line);
    Path report = folder.resolve("benchmark.md");
    write(report, table);
    console.line("Results saved to " + report);
    return stopped ? Main.INTERRUPTED : failed ? Main.FAILED : Main.OK;
  }

  /** Adds the file itself, and what it can be exported as. */
  private void makeArchives(Yolo model, Path folder, Map<String, Path> archives) {
    ModelInfo info = model.info();
    // An architecture by name is no file.
    if (!info.kind().equals("architecture")) {
      archives.put(info.kind(), source);
    }
    if (info.kind().equals("torchscript")) {
      return;
    }
    Map<String, ExportOptions.Builder> kinds = new LinkedHashMap<>();
    kinds.put("torchscript", ExportOptions.builder());
    kinds.put("torchscript dynamic", ExportOptions.builder().dynamic(true));
    if (info.task() != Task.CLASSIFY) {
      kinds.put("torchscript nms", ExportOptions.builder().nms(true));
    }
    kinds.put("torchscript half", ExportOptions.builder().half(true));
    kinds.put("torchscript optimize", ExportOptions.builder().optimize(true));
    for (Map.Entry<String, ExportOptions.Builder> kind : kinds.entrySet()) {
      Path archive = folder.resolve(kind.getKey().replace(' ', '-') + ".torchscript");
      model.export(kind.getValue().file(archive).imgsz(values.size(Argument.IMGSZ)).build());
      archives.put(kind.getKey(), archive);
    }
  }

  private List<String> devices() {
    if (values.isGiven(Argument.DEVICE)) {
      return List.of(values.text(Argument.DEVICE));
    }
    List<String> devices = new ArrayList<>(List.of("cpu"));
    for (int i = 0; i < Integer.parseInt(RuntimeInfo.current().cuda()); i++) {
      devices.add("cuda:" + i);
    }
    return devices;
  }

  /** Those that are asked for; all that the device may know if none is. */
  private List<Precision> precisions(String device) {
    if (values.isGiven(Argument.PRECISION)) {
      return List.of(Precision.of(values.text(Argument.PRECISION)));
    }
    return device.equals("cpu") ? List.of(Precision.values()) : List.of(Precision.FP32);
  }

  /** One configuration; one that fails does not stop the others. */
  private BenchmarkTable.Row row(
      Map.Entry<String, Path> archive, Precision precision, int level, String device) {
    String name = archive.getKey();
    LoadOptions.Builder load =
        console.loadOptions(values).device(device).optimizeLevel(level).precision(precision);
    if (!archive.getValue().equals(source)) {
      load.sha256(null); // that of the source, which was compared when it was exported
    }
    try (Yolo model = Yolo.load(archive.getValue(), load.build())) {
      double milliseconds = milliseconds(model);
      Double metric = options == null ? null : metric(model);
      double megabytes = Files.size(archive.getValue()) / MEGABYTE;
      talk.line(
          name
              + ", "
              + precision.id()
              + ", level "
              + level
              + ", "
              + device
              + ": "
              + Console.tenths(milliseconds)
              + "ms");
      return new BenchmarkTable.Row(
          name, precision.id(), level, device, megabytes, metric, milliseconds, null);
    } catch (YoloException e) {
      if (e.code() == ErrorCode.INVALID_DATA || e.code() == ErrorCode.NOT_FOUND) {
        throw e;
      }
      // That this CPU has no bfloat16 is an answer, and no error where nobody asked for it.
      boolean lacks = precision == Precision.BF16 && e.code() == ErrorCode.INVALID_ARGUMENT;
      if (lacks && !values.isGiven(Argument.PRECISION)) {
        talk.line(e.getMessage());
      } else {
        console.fail(e, e.getMessage());
      }
      failed |= !lacks;
      return new BenchmarkTable.Row(
          name, precision.id(), level, device, 0, null, 0, e.getMessage());
    } catch (IOException e) {
      throw new YoloException.NotFound(
          "The model '" + archive.getValue() + "' must stay there, but is gone; start again.", e);
    }
  }

  /** The median of predictions of one picture as large as the network's input. */
  private double milliseconds(Yolo model) {
    ImageSize asked = values.size(Argument.IMGSZ);
    ImageSize size = asked == null ? model.info().imgsz() : asked;
    byte[] pixels = new byte[size.width() * size.height() * 3];
    new Random(0).nextBytes(pixels);
    Image image = Image.of(ByteBuffer.wrap(pixels), size.width(), size.height(), PixelFormat.RGB);
    PredictOptions options = PredictOptions.builder().imgsz(asked).build();
    for (int i = 0; i < WARM_UP; i++) {
      model.predict(image, options);
    }
    List<Long> times = new ArrayList<>();
    long start = System.nanoTime();
    while (times.size() < LEAST_RUNS || System.nanoTime() - start < LEAST_NANOS) {
      long before = System.nanoTime();
      model.predict(image, options);
      times.add(System.nanoTime() - before);
    }
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[sorted.length / 2] / 1e6;
  }

  private double metric(Yolo model) {
    ValResult result =
        model.val(
            options,
            new ValListener() {
              @Override
              public void warned(String sentence) {
                // The same data set is read for every row.
                if (told.add(sentence)) {
                  console.accept(sentence);
                }
              }
            });
    return result.top().isPresent()
        ? result.top().get().top1()
        : result.box().orElseThrow().overall().map();
  }

  private void write(Path report, BenchmarkTable table) {
    RuntimeInfo runtime = RuntimeInfo.current();
    List<String> lines = new ArrayList<>();
    lines.add("# Benchmark of " + PlainText.of(PathText.nameOf(source)));
    lines.add("");
    lines.add(
        "yolotorch "
            + runtime.version()
            + ", LibTorch "
            + runtime.libtorch()
            + ", "
            + runtime.cpu()
            + " ("
            + runtime.capability()
            + "), "
            + Count.of(Integer.parseInt(runtime.threads()), "thread")
            + ". Time is the median of single predictions with everything around the"
            + " network"
            + (options == null
                ? "."
                : "; accuracy was measured on " + PlainText.of(options.data().toString()) + "."));
    lines.add("");
    lines.addAll(table.markdown());
    for (BenchmarkTable.Row row : rows) {
      if (row.failure() != null) {
        lines.addAll(List.of("", row.archive() + ", level " + row.level() + ": " + row.failure()));
      }
    }
    RunFiles.write(report, String.join("\n", lines) + "\n");
  }

  private void delete(Path archive) {
    try {
      Files.deleteIfExists(archive);
    } catch (IOException e) {
      console.accept("The archive '" + archive + "' was left behind; delete it.");
    }
  }
}
