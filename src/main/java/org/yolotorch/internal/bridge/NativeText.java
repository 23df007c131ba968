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
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.PlainText;

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
      case Natives.KEY_NAME -> names.put(Integer.valueOf(first), rest);
      case Natives.KEY_WARNING -> warnings.add(PlainText.message(value));
      case Natives.KEY_LAYER -> {
        String[] parts = rest.split(" ", 3);
        layers.add(
            new FileInfo.Layer(
                Integer.parseInt(first), parts[2], parts[1], Long.parseLong(parts[0])));
      }
      case Natives.KEY_VALUES -> numbers.put(rest, Long.valueOf(first));
      case Natives.KEY_OPERATOR -> operators.put(rest, Long.valueOf(first));
      case Natives.KEY_DEVICE -> devices.add(value);
      case Natives.KEY_RUNTIME -> runtimes.add(value);
      case Natives.KEY_OPTIMIZATION -> optimizations.add(value);
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
        c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
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
    Pair points = pair(Natives.KEY_KPT_SHAPE).orElse(new Pair(0, 0));
    return new ModelInfo(
        text(Natives.KEY_KIND),
        Task.of(text(Natives.KEY_TASK)),
        text(Natives.KEY_FAMILY),
        text(Natives.KEY_SCALE),
        size(Natives.KEY_IMGSZ).orElse(ImageSize.square(640)),
        (int) number(Natives.KEY_STRIDE, 32),
        (int) number(Natives.KEY_BATCH, 1),
        (int) number(Natives.KEY_CHANNELS, 3),
        flag(Natives.KEY_DYNAMIC),
        flag(Natives.KEY_NMS),
        bakedNms(),
        flag(Natives.KEY_END2END),
        number(Natives.KEY_PARAMETERS, 0),
        number(Natives.KEY_PARAMETERS_RAW, 0),
        text(Natives.KEY_GFLOPS).isEmpty() ? 0 : Double.parseDouble(text(Natives.KEY_GFLOPS)),
        points.first(),
        points.second(),
        text(Natives.KEY_DESCRIPTION),
        text(Natives.KEY_LICENSE),
        text(Natives.KEY_VERSION),
        text(Natives.KEY_DATE),
        names,
        warnings);
  }

  private Optional<BakedNms> bakedNms() {
    if (text(Natives.KEY_BAKED_NMS).isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text(Natives.KEY_BAKED_NMS).split(" ");
    return Optional.of(
        new BakedNms(
            Double.parseDouble(parts[0]),
            Double.parseDouble(parts[1]),
            Integer.parseInt(parts[2]),
            Boolean.parseBoolean(parts[3])));
  }

  private Map<String, String> details() {
    String activation = text(Natives.KEY_SPPF_ACTIVATION);
    return activation.isEmpty()
        ? Map.of()
        : Map.of("SPPF", activation + ", as told by " + text(Natives.KEY_SPPF_SOURCE));
  }

  public FileInfo fileInfo() {
    return new FileInfo(
        text(Natives.KEY_FILE_KIND),
        text(Natives.KEY_TITLE),
        text(Natives.KEY_ADVICE),
        number(Natives.KEY_BYTES, 0),
        text(Natives.KEY_SHA256),
        FileInfo.Verdict.values()[(int) number(Natives.KEY_VERDICT, 2)],
        text(Natives.KEY_REASON),
        text(Natives.KEY_TASK).isEmpty() ? Optional.empty() : Optional.of(modelInfo()),
        details(),
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
