// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yolotorch.BakedNms;
import org.yolotorch.FileInfo;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.Task;

/**
 * Text of the native library: a {@code key value} pair per line, with backslash and line feed
 * escaped.
 */
public final class NativeText {
  private final Map<String, String> values = new HashMap<>();
  private final Map<Integer, String> names = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<FileInfo.Layer> layers = new ArrayList<>();
  private final Map<String, Long> numbers = new TreeMap<>();
  private final Map<String, Long> operators = new TreeMap<>();
  private final List<String> devices = new ArrayList<>();
  private final List<String> runtimes = new ArrayList<>();
  private final List<String> optimizations = new ArrayList<>();

  private NativeText() {}

  public static NativeText parse(String text) {
    NativeText parsed = new NativeText();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int blank = text.indexOf(' ', start);
      if (blank < 0 || blank > end) {
        blank = end;
      }
      if (end > start) {
        String value = blank < end ? unescape(text.substring(blank + 1, end)) : "";
        parsed.add(text.substring(start, blank), value);
      }
      start = end + 1;
    }
    return parsed;
  }

  private void add(String key, String value) {
    int blank = value.indexOf(' ');
    String first = blank < 0 ? value : value.substring(0, blank);
    String rest = blank < 0 ? "" : value.substring(blank + 1);
    switch (key) {
      case "name" -> names.put(Integer.valueOf(first), rest);
      case "warning" -> warnings.add(value);
      case "layer" -> {
        String[] parts = rest.split(" ", 3);
        layers.add(
            new FileInfo.Layer(
                Integer.parseInt(first), parts[2], parts[1], Long.parseLong(parts[0])));
      }
      case "values" -> numbers.put(rest, Long.valueOf(first));
      case "operator" -> operators.put(rest, Long.valueOf(first));
      case "device" -> devices.add(value);
      case "runtime" -> runtimes.add(value);
      case "optimization" -> optimizations.add(value);
      default -> values.put(key, value);
    }
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        c = c == 'n' ? '\n' : c;
      }
      plain.append(c);
    }
    return plain.toString();
  }

  public String text(String key) {
    return values.getOrDefault(key, "");
  }

  private long number(String key, long missing) {
    String value = text(key);
    return value.isEmpty() ? missing : Long.parseLong(value);
  }

  private boolean flag(String key) {
    String value = text(key);
    return value.equals("1") || value.equals("true");
  }

  private Optional<ImageSize> size(String key) {
    return pair(key).map(sides -> new ImageSize(sides.first(), sides.second()));
  }

  private record Pair(int first, int second) {}

  /** Two whole numbers, one standing for both; empty if there are none. */
  private Optional<Pair> pair(String key) {
    String value = text(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int blank = value.indexOf(' ');
    int first = Integer.parseInt(blank < 0 ? value : value.substring(0, blank));
    int second = blank < 0 ? first : Integer.parseInt(value.substring(blank + 1));
    return Optional.of(new Pair(first, second));
  }

  public ModelInfo modelInfo() {
    Pair points = pair("kpt_shape").orElse(new Pair(0, 0));
    return new ModelInfo(
        text("kind"),
        Task.of(text("task")),
        text("family"),
        text("scale"),
        size("imgsz").orElse(ImageSize.square(640)),
        (int) number("stride", 32),
        (int) number("batch", 1),
        (int) number("channels", 3),
        flag("dynamic"),
        flag("nms"),
        bakedNms(),
        flag("end2end"),
        number("parameters", 0),
        number("parameters_raw", 0),
        text("gflops").isEmpty() ? 0 : Double.parseDouble(text("gflops")),
        text("sppf_activation"),
        text("sppf_source"),
        points.first(),
        points.second(),
        text("description"),
        text("license"),
        text("version"),
        text("date"),
        names,
        warnings);
  }

  private Optional<BakedNms> bakedNms() {
    if (text("baked_nms").isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text("baked_nms").split(" ");
    return Optional.of(
        new BakedNms(
            Double.parseDouble(parts[0]),
            Double.parseDouble(parts[1]),
            Integer.parseInt(parts[2]),
            Boolean.parseBoolean(parts[3])));
  }

  public FileInfo fileInfo() {
    return new FileInfo(
        text("file_kind"),
        text("title"),
        text("advice"),
        number("bytes", 0),
        text("sha256"),
        FileInfo.Verdict.values()[(int) number("verdict", 2)],
        text("reason"),
        text("task").isEmpty() ? Optional.empty() : Optional.of(modelInfo()),
        layers,
        numbers,
        operators,
        devices,
        runtimes,
        optimizations);
  }

  public List<String> optimizations() {
    return List.copyOf(optimizations);
  }
}
