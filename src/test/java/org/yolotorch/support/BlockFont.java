// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes a TrueType font whose letters are blocks: black from the foot of the line up to a height,
 * eight tenths of the size wide with a tenth of white on both sides. So a test can read a text back
 * from its pixels, and knows which letters the font has.
 */
public final class BlockFont {
  /** The name of the family. */
  public static final String FAMILY = "Yolotorch Blocks";

  private static final int UNITS = 1000;
  private static final int ASCENT = 800;
  private static final int DESCENT = 200;

  private BlockFont() {}

  /**
   * Writes a font.
   *
   * @param heights of its letters, in thousandths of the size; 0 for a blank
   */
  public static Path write(Path file, SortedMap<Integer, Integer> heights) throws IOException {
    Map<String, byte[]> tables = new LinkedHashMap<>();
    int glyphs = heights.size() + 1;
    List<Integer> all = new ArrayList<>(List.of(ASCENT));
    all.addAll(heights.values());
    ByteBuffer glyf = ByteBuffer.allocate(64 * glyphs);
    ByteBuffer loca = ByteBuffer.allocate(4 * (glyphs + 1)).putInt(0);
    ByteBuffer hmtx = ByteBuffer.allocate(4 * glyphs);
    for (int height : all) {
      if (height > 0) {
        block(glyf, height);
      }
      loca.putInt(glyf.position());
      hmtx.putShort((short) UNITS).putShort((short) 100);
    }
    tables.put("OS/2", os2());
    tables.put("cmap", cmap(List.copyOf(heights.keySet())));
    tables.put("glyf", java.util.Arrays.copyOf(glyf.array(), glyf.position()));
    tables.put("head", head());
    ByteBuffer hhea = ByteBuffer.allocate(36).putInt(0x10000);
    hhea.putShort((short) ASCENT).putShort((short) -DESCENT).putShort((short) 0);
    hhea.putShort((short) UNITS).putShort(18, (short) 1).putShort(34, (short) glyphs);
    tables.put("hhea", hhea.array());
    tables.put("hmtx", hmtx.array());
    tables.put("loca", loca.array());
    ByteBuffer maxp = ByteBuffer.allocate(32).putInt(0x10000).putShort((short) glyphs);
    tables.put("maxp", maxp.putShort((short) 4).putShort((short) 1).array());
    tables.put("name", names());
    tables.put("post", ByteBuffer.allocate(32).putInt(0x30000).array());
    return Files.write(file, join(tables));
  }

  /** A rectangle of four points. */
  private static void block(ByteBuffer glyf, int height) {
    glyf.putShort((short) 1);
    for (int side : new int[] {100, 0, 900, height}) {
      glyf.putShort((short) side);
    }
    glyf.putShort((short) 3).putShort((short) 0);
    // On the curve, and coordinates of two bytes, each the distance from the last one.
    glyf.put(new byte[] {1, 1, 1, 1});
    for (int dx : new int[] {100, 0, 800, 0}) {
      glyf.putShort((short) dx);
    }
    for (int dy : new int[] {0, height, 0, -height}) {
      glyf.putShort((short) dy);
    }
    while (glyf.position() % 4 != 0) {
      glyf.put((byte) 0);
    }
  }

  private static byte[] head() {
    ByteBuffer head = ByteBuffer.allocate(54).putInt(0x10000).putInt(0x10000).putInt(0);
    head.putInt(0x5F0F3CF5).putShort((short) 0).putShort((short) UNITS);
    head.position(36);
    head.putShort((short) 0).putShort((short) 0).putShort((short) UNITS).putShort((short) ASCENT);
    head.position(46);
    return head.putShort((short) 8).putShort((short) 2).putShort((short) 1).array();
  }

  private static byte[] os2() {
    ByteBuffer os2 = ByteBuffer.allocate(96).putShort((short) 4).putShort((short) UNITS);
    os2.putShort((short) 400).putShort((short) 5);
    os2.position(68);
    os2.putShort((short) ASCENT).putShort((short) -DESCENT).putShort((short) 0);
    return os2.putShort((short) ASCENT).putShort((short) DESCENT).array();
  }

  /** Format 12: each letter by itself. */
  private static byte[] cmap(List<Integer> letters) {
    int bytes = 16 + 12 * letters.size();
    ByteBuffer cmap = ByteBuffer.allocate(12 + bytes).putShort((short) 0).putShort((short) 1);
    cmap.putShort((short) 3).putShort((short) 10).putInt(12);
    cmap.putShort((short) 12).putShort((short) 0).putInt(bytes).putInt(0).putInt(letters.size());
    for (int i = 0; i < letters.size(); i++) {
      cmap.putInt(letters.get(i)).putInt(letters.get(i)).putInt(i + 1);
    }
    return cmap.array();
  }

  private static byte[] names() {
    String[] texts = {"", FAMILY, "Regular", FAMILY, FAMILY, "1", "YolotorchBlocks"};
    ByteBuffer records = ByteBuffer.allocate(6 + 12 * texts.length);
    records.putShort((short) 0).putShort((short) texts.length);
    records.putShort((short) records.capacity());
    ByteBuffer text = ByteBuffer.allocate(1000);
    for (int i = 0; i < texts.length; i++) {
      byte[] bytes = texts[i].getBytes(StandardCharsets.UTF_16BE);
      records.putShort((short) 3).putShort((short) 1).putShort((short) 0x409).putShort((short) i);
      records.putShort((short) bytes.length).putShort((short) text.position());
      text.put(bytes);
    }
    ByteBuffer name = ByteBuffer.allocate(records.capacity() + text.position());
    return name.put(records.array()).put(text.array(), 0, text.position()).array();
  }

  private static byte[] join(Map<String, byte[]> tables) {
    int start = 12 + 16 * tables.size();
    int bytes = start;
    for (byte[] table : tables.values()) {
      bytes += (table.length + 3) / 4 * 4;
    }
    ByteBuffer font = ByteBuffer.allocate(bytes).putInt(0x10000).putShort((short) tables.size());
    font.putShort((short) 128).putShort((short) 3).putShort((short) (16 * tables.size() - 128));
    int at = start;
    for (Map.Entry<String, byte[]> table : tables.entrySet()) {
      byte[] content = table.getValue();
      int sum = 0;
      ByteBuffer words = ByteBuffer.wrap(java.util.Arrays.copyOf(content, at(content.length)));
      while (words.hasRemaining()) {
        sum += words.getInt();
      }
      font.put(table.getKey().getBytes(StandardCharsets.ISO_8859_1));
      font.putInt(sum).putInt(at).putInt(content.length);
      System.arraycopy(content, 0, font.array(), at, content.length);
      at += at(content.length);
    }
    return font.array();
  }

  private static int at(int bytes) {
    return (bytes + 3) / 4 * 4;
  }
}
