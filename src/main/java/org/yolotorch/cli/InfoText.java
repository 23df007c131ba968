// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.yolotorch.BakedNms;
import org.yolotorch.FileInfo;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.PlainText;

/** The output of {@code yolo info}. Control characters in texts of the file are removed. */
final class InfoText {
  private static final int LABEL_WIDTH = 13;
  private static final int NAMES_SHOWN = 12;

  /** Sizes from here on are printed in megabytes as well. */
  private static final int SMALL = 100_000;

  /** Texts of the file, such as its licence, are cut here; JSON has the whole. */
  private static final int MOST_CHARACTERS = 400;

  private final FileInfo info;
  private final List<String> lines = new ArrayList<>();

  InfoText(String file, FileInfo info) {
    this.info = info;
    lines.add(PlainText.of(file) + ": " + info.title());
    lines.add("");
    writeFile();
    if (info.model().isPresent()) {
      lines.add("");
      writeModel(info.model().get());
    }
    writeContents();
    writeLayers();
  }

  List<String> lines() {
    return lines;
  }

  private void writeFile() {
    row("Verdict", verdict());
    row("Advice", info.advice());
    row("Size", bytes(info.bytes()));
    row("SHA-256", info.sha256());
    row("Opens in", String.join("; ", info.runtimes()));
  }

  /** An architecture by name has none, although an empty file has. */
  private String bytes(long bytes) {
    if (info.sha256().isEmpty()) {
      return "";
    }
    String text = Console.grouped(bytes) + (bytes == 1 ? " byte" : " bytes");
    return bytes < SMALL ? text : text + " (" + Console.tenths(bytes / (double) (1 << 20)) + " MB)";
  }

  private String verdict() {
    return switch (info.verdict()) {
      case CLEAN -> "clean: nothing was found in it that should not be there";
      case REFUSED -> "refused: " + info.reason();
      case UNKNOWN -> "cannot tell: " + info.reason();
    };
  }

  private void writeModel(ModelInfo model) {
    row("Task", model.task().id());
    row("Family", model.family() + model.scale());
    row("Classes", classes(model.names()));
    if (model.task() == Task.POSE) {
      row("Keypoints", model.keypoints() + " of " + model.keypointValues() + " numbers each");
    }
    row("Input", input(model));
    row("Detections", detections(model));
    row("Parameters", parameters(model));
    if (model.gflops() > 0) {
      row("GFLOPs", Console.tenths(model.gflops()) + " for a picture of " + size(model.imgsz()));
    }
    info.details().forEach(this::row);
    row("Description", model.description());
    row("Licence", model.license());
    row("Version", model.version());
    row("Date", model.date());
    for (String warning : model.warnings()) {
      row("Warning", warning);
    }
  }

  private static String classes(Map<Integer, String> names) {
    StringBuilder text = new StringBuilder().append(names.size()).append(": ");
    int shown = 0;
    for (Map.Entry<Integer, String> name : names.entrySet()) {
      if (shown == NAMES_SHOWN && names.size() > NAMES_SHOWN + 1) {
        return text.append(" and ").append(names.size() - shown).append(" more").toString();
      }
      text.append(shown == 0 ? "" : ", ").append(name.getKey()).append(' ').append(name.getValue());
      shown++;
    }
    return text.toString();
  }

  private static String input(ModelInfo model) {
    String sides =
        model.dynamic()
            ? ", or any whose sides are multiples of " + model.stride()
            : " only, stride " + model.stride();
    return size(model.imgsz())
        + " (height x width)"
        + sides
        + "; "
        + Count.of(model.channels(), "channel")
        + ", batch "
        + model.batch();
  }

  private static String detections(ModelInfo model) {
    if (model.task() == Task.CLASSIFY) {
      return "";
    }
    if (model.bakedNms().isPresent()) {
      BakedNms baked = model.bakedNms().get();
      return "final, suppressed in the archive with conf="
          + baked.conf()
          + " iou="
          + baked.iou()
          + " max_det="
          + baked.maxDet()
          + " agnostic_nms="
          + (baked.agnosticNms() ? "True" : "False")
          + " fixed";
    }
    if (model.nms()) {
      return "final, suppressed in the archive";
    }
    return model.end2end() ? "final, by the network itself (end2end)" : "raw";
  }

  private static String parameters(ModelInfo model) {
    if (model.parameters() == 0) {
      return "";
    }
    String fused = Console.grouped(model.parameters());
    return model.parametersRaw() == 0
        ? fused + " stored"
        : Console.grouped(model.parametersRaw()) + " as trained, " + fused + " fused";
  }

  private void writeContents() {
    row("Values", counts(info.values()));
    if (!info.devices().isEmpty()) {
      row(
          "Devices",
          String.join(", ", info.devices())
              + (info.verdict() == FileInfo.Verdict.CLEAN
                  ? ": named in the archive; it runs on the device asked for all the same"
                  : ": named in the archive"));
    }
    row("Operators", counts(info.operators()));
    for (String sentence : info.optimizations()) {
      row("Optimised", sentence);
    }
  }

  private static String counts(Map<String, Long> counts) {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> entry : sorted) {
      text.append(text.length() == 0 ? "" : ", ").append(Console.grouped(entry.getValue()));
      text.append(Columns.TIE).append(entry.getKey());
    }
    return text.toString();
  }

  private void writeLayers() {
    if (info.layers().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(layer("Layer", "from", "params", "module"));
    for (FileInfo.Layer layer : info.layers()) {
      lines.add(
          layer(
              String.valueOf(layer.index()),
              layer.from(),
              Console.grouped(layer.parameters()),
              PlainText.of(layer.module())));
    }
  }

  private static String layer(String index, String from, String parameters, String module) {
    return left(index, 5) + left(from, 12) + left(parameters, 14) + "  " + module;
  }

  /** Text at the right end of so many columns. */
  private static String left(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String size(ImageSize size) {
    return size.height() + " x " + size.width();
  }

  /** A label and a text that continues below itself; nothing if there is no text. */
  private void row(String label, String text) {
    if (text.isEmpty()) {
      return;
    }
    String rest = PlainText.of(text);
    if (rest.length() > MOST_CHARACTERS && !label.equals("Operators")) {
      rest = rest.substring(0, MOST_CHARACTERS) + " ...";
    }
    lines.addAll(Columns.wrap(label, LABEL_WIDTH, rest));
  }
}
