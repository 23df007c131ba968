// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.LoadOptions;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.DataFiles;

/**
 * Every command with models of every task, each in a process of its own, as a user starts it. On
 * standard error nothing is expected but the warning that a model has random weights: neither
 * LibTorch, nor the JVM, nor a library of either has anything to say there.
 */
class StandardErrorTest {
  /** By what the name of an architecture ends with: what follows the class in a label. */
  private static final Map<String, String> LABELS = labels();

  private static final String RANDOM = "random";

  @TempDir Path folder;

  private final List<String> unexpected = new ArrayList<>();
  private int commands;

  private static Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put("", " 0.5 0.5 0.4 0.4");
    labels.put("-seg", " 0.3 0.3 0.7 0.3 0.7 0.7");
    labels.put("-pose", " 0.5 0.5 0.4 0.4" + " 0.5 0.5 2".repeat(17));
    labels.put("-obb", " 0.3 0.3 0.7 0.3 0.7 0.7 0.3 0.7");
    labels.put("-cls", "");
    return labels;
  }

  @Test
  void nothingIsPrintedThatNobodyAskedFor() throws Exception {
    for (Subcommand subcommand : Subcommand.values()) {
      yolo(
          subcommand.id().equals("completion")
              ? List.of(subcommand.id(), "bash")
              : List.of(subcommand.id()));
    }
    for (Mode mode : Mode.values()) {
      if (mode.isAvailable()) {
        yolo(List.of(mode.id(), "--help"));
      }
    }
    for (String suffix : LABELS.keySet()) {
      Path picture = Files.createDirectories(folder.resolve(suffix + "x")).resolve("a.png");
      ImageIO.write(
          new BufferedImage(96, 64, BufferedImage.TYPE_3BYTE_BGR), "png", picture.toFile());
      String name = "yolo11n" + suffix;
      String data = "data=" + dataSet(name, suffix, picture);
      yolo(List.of("info", "model=" + name + ".yaml"));
      yolo(List.of("export", "model=" + name + ".yaml", "imgsz=64"));
      String model = "model=" + folder.resolve(name + ".torchscript");
      yolo(List.of("info", model));
      // Crops are of upright boxes: for the other tasks a warning is right.
      boolean hasBoxes = !suffix.equals("-obb") && !suffix.equals("-cls");
      String crops = "save_crop=" + (hasBoxes ? "True" : "False");
      yolo(List.of("predict", model, "source=" + picture, "save_txt", crops, "profile"));
      // With JSON on standard output the log goes to standard error, unless it is off.
      String yaml = "model=" + name + ".yaml";
      yolo(List.of("predict", yaml, "source=" + picture, "imgsz=64", "--json", "verbose=False"));
      yolo(List.of("val", model, data));
      if (suffix.isEmpty()) {
        yolo(List.of("benchmark", model, data));
      }
    }
    System.out.println("FIGURE unexpected_stderr_commands=" + commands + " commands");
    System.out.println("FIGURE unexpected_stderr_lines=" + unexpected.size() + " lines");
    assertEquals(List.of(), unexpected);
  }

  /** Published weights have no warning either. */
  @Test
  void checkpointsAreQuiet() throws Exception {
    for (String suffix : LABELS.keySet()) {
      Path model =
          Assets.get("weights/" + (suffix.equals("-obb") ? "shapes" : "yolo11n") + suffix + ".pt");
      String source = "source=" + Assets.picture("bus.jpg");
      yolo(List.of("predict", "model=" + model, source, "imgsz=64", "save=False"));
    }
    assertEquals(List.of(), unexpected);
  }

  /** A data set of this one picture; its data.yaml, or, for a classifier, its folder. */
  private Path dataSet(String name, String suffix, Path picture) throws IOException {
    LoadOptions quiet = LoadOptions.builder().onWarning(warning -> {}).build();
    Map<Integer, String> names;
    try (Yolo model = Yolo.load(Path.of(name + ".yaml"), quiet)) {
      names = model.info().names();
    }
    Path root = picture.getParent();
    if (suffix.equals("-cls")) {
      Path val = root.resolve("val");
      for (int id : new int[] {0, 1}) {
        Path place = Files.createDirectories(val.resolve(names.get(id)));
        Files.copy(picture, place.resolve("a.png"));
      }
      return root;
    }
    Files.writeString(root.resolve("a.txt"), "0" + LABELS.get(suffix) + "\n");
    return DataFiles.write(root, root, ".", names);
  }

  private void yolo(List<String> args) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command =
        ChildJvm.command(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), Main.class, args.toArray());
    int code =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    commands++;
    List<String> lines = new ArrayList<>(Files.readAllLines(err));
    // Random weights are worth a warning where results come from them.
    boolean isRandom =
        args.size() > 1 && args.get(1).endsWith(".yaml") && !args.get(0).equals("info");
    if (isRandom && code == 0) {
      assertTrue(lines.removeIf(line -> line.contains(RANDOM)), args + " " + lines);
    }
    lines.forEach(line -> unexpected.add("yolo " + String.join(" ", args) + ": " + line));
    assertEquals(0, code, () -> args + " " + lines);
  }
}
