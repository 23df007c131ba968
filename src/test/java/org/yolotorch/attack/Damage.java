// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.yolotorch.ExportOptions;
import org.yolotorch.Yolo;

/** Damages an archive at random: the same seed, the same files. */
final class Damage {
  private static final String YAML =
      """
      nc: 2
      depth_multiple: 0.33
      width_multiple: 0.0625
      backbone:
        - [-1, 1, Conv, [64, 3, 2]]
        - [-1, 1, Conv, [128, 3, 2]]
        - [-1, 1, Conv, [256, 3, 2]]
        - [-1, 1, C2f, [256, True]]
        - [-1, 1, Conv, [256, 3, 2]]
        - [-1, 1, Conv, [256, 3, 2]]
        - [-1, 1, SPPF, [256, 5]]
      head:
        - [[3, 4, 6], 1, Detect, [nc]]
      """;

  private final byte[] sound;
  private final Random random;

  Damage(byte[] sound, long seed) {
    this.sound = sound;
    this.random = new Random(seed);
  }

  /** A network of a few thousand weights, exported with its suppression. */
  static Path smallNetwork(Path folder) throws IOException {
    Path yaml = folder.resolve("yolov8-small.yaml");
    Files.writeString(yaml, YAML);
    try (Yolo model = Yolo.load(yaml)) {
      return model.export(
          ExportOptions.builder().imgsz(32).file(folder.resolve("small.torchscript")).build());
    }
  }

  /** One to eight bits turned over. */
  byte[] flipped() {
    byte[] file = sound.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  /** A file of any of the kinds of damage. */
  byte[] any() {
    switch (random.nextInt(8)) {
      case 0:
        return Arrays.copyOf(sound, random.nextInt(sound.length));
      case 1:
        return flipped();
      case 2:
        return directory();
      default:
        return structured();
    }
  }

  /** Bytes of the directory and the end record, where every field lies close to another. */
  private byte[] directory() {
    byte[] file = sound.clone();
    int region = Math.min(file.length, 2_000);
    for (int i = random.nextInt(4); i >= 0; i--) {
      file[file.length - 1 - random.nextInt(region)] = (byte) edge();
    }
    return file;
  }

  private int edge() {
    int[] edges = {0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256)};
    return edges[random.nextInt(edges.length)];
  }

  /** The content of a pickle, code, metadata or tensor changed, and every CRC made right again. */
  private byte[] structured() {
    ForgedZip zip = ForgedZip.read(sound);
    List<ForgedZip.Entry> records =
        zip.entries.stream()
            .filter(
                e ->
                    e.name.endsWith(".pkl")
                        || e.name.endsWith(".py")
                        || e.name.endsWith("config.txt")
                        || e.name.endsWith("version")
                        || e.name.contains("/data/"))
            .toList();
    // Tensors are many, and the least interesting of all.
    ForgedZip.Entry entry = records.get(random.nextInt(records.size()));
    for (int i = 0; i < 3 && entry.name.contains("/data/"); i++) {
      entry = records.get(random.nextInt(records.size()));
    }
    byte[] content = entry.content();
    if (content.length == 0) {
      return zip.toBytes();
    }
    content =
        entry.name.endsWith(".py") || entry.name.endsWith("config.txt")
            ? text(content)
            : binary(content);
    entry.store(content);
    if (random.nextInt(20) == 0) {
      zip.entries.remove(random.nextInt(zip.entries.size()));
    }
    return zip.toBytes();
  }

  private byte[] binary(byte[] content) {
    int at = random.nextInt(content.length);
    int length = Math.min(1 + random.nextInt(12), content.length - at);
    switch (random.nextInt(5)) {
      case 0:
        return Arrays.copyOf(content, at);
      case 1:
        return splice(content, at, length, new byte[0]);
      case 2:
        return splice(content, at, 0, Arrays.copyOfRange(content, at, at + length));
      case 3:
        int from = random.nextInt(content.length - length + 1);
        return splice(content, at, length, Arrays.copyOfRange(content, from, from + length));
      default:
        for (int i = random.nextInt(4); i >= 0; i--) {
          content[random.nextInt(content.length)] = (byte) edge();
        }
        return content;
    }
  }

  /** Swaps, repeats or drops lines and words, and changes numbers. */
  private byte[] text(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    String separator = random.nextBoolean() ? "\n" : " ";
    String[] parts = text.split(separator, -1);
    int a = random.nextInt(parts.length);
    int b = random.nextInt(parts.length);
    switch (random.nextInt(5)) {
      case 0:
        parts[a] = parts[b];
        break;
      case 1:
        String kept = parts[a];
        parts[a] = parts[b];
        parts[b] = kept;
        break;
      case 2:
        parts[a] = parts[a] + separator + parts[a];
        break;
      case 3:
        String[] numbers = {"0", "-1", "1e308", "4294967296", "9223372036854775807", "NaN"};
        parts[a] = parts[a].replaceAll("\\d+", numbers[random.nextInt(numbers.length)]);
        break;
      default:
        return binary(content);
    }
    return String.join(separator, parts).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] content, int at, int length, byte[] instead) {
    byte[] out = new byte[content.length - length + instead.length];
    System.arraycopy(content, 0, out, 0, at);
    System.arraycopy(instead, 0, out, at, instead.length);
    System.arraycopy(content, at + length, out, at + instead.length, content.length - at - length);
    return out;
  }
}
