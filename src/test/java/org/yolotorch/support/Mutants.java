// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of every kind, and what is left of them after somebody changed their bytes. */
public final class Mutants {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;

  /** Numbers that sizes, lengths and offsets do not expect. */
  private static final int[] ODD = {
    0,
    1,
    -1,
    7,
    255,
    256,
    30_000,
    32_767,
    32_768,
    65_535,
    1 << 20,
    1 << 24,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    9_000
  };

  private final List<Seed> seeds = new ArrayList<>();
  private final Random random;

  /** A sound picture, and where its bytes hold sizes, lengths and offsets. */
  public record Seed(
      String name, byte[] bytes, List<Integer> fields, int fieldBytes, ByteOrder order) {}

  public Mutants(long seed) throws IOException {
    random = new Random(seed);
    BufferedImage rgb = picture(BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage palette = picture(BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage black = picture(BufferedImage.TYPE_BYTE_BINARY);
    add("png", encode(rgb, "png", null, false));
    add("png alpha", encode(picture(BufferedImage.TYPE_4BYTE_ABGR), "png", null, false));
    add("png palette", encode(palette, "png", null, false));
    add("png 16 bits", encode(picture(BufferedImage.TYPE_USHORT_GRAY), "png", null, false));
    add("png interlaced", encode(rgb, "png", null, true));
    byte[] jpeg = encode(rgb, "jpeg", null, false);
    add("jpeg", jpeg);
    add("jpeg exif", Pictures.jpegWithExif(jpeg, 6));
    add("jpeg progressive", encode(rgb, "jpeg", null, true));
    add("jpeg grey", encode(picture(BufferedImage.TYPE_BYTE_GRAY), "jpeg", null, false));
    add("bmp", encode(rgb, "bmp", null, false));
    add("bmp runs", encode(palette, "bmp", "BI_RLE8", false));
    add("gif", encode(palette, "gif", null, false));
    add("gif interlaced", encode(palette, "gif", null, true));
    add("tiff", encode(rgb, "tiff", null, false));
    for (String compression : List.of("LZW", "Deflate", "ZLib", "PackBits", "JPEG")) {
      add("tiff " + compression, encode(rgb, "tiff", compression, false));
    }
    add("tiff fax", encode(black, "tiff", "CCITT T.6", false));
    add("webp", webp());
  }

  public List<Seed> seeds() {
    return seeds;
  }

  /** The next mutant of a seed. */
  public byte[] next(Seed seed) {
    byte[] bytes = seed.bytes().clone();
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> flip(bytes, bytes.length);
      case 2 -> flip(bytes, Math.min(bytes.length, 80));
      case 3 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size())).bytes();
        int cut = random.nextInt(bytes.length);
        return join(bytes, cut, other, random.nextInt(other.length));
      }
      case 4 -> {
        int from = random.nextInt(bytes.length);
        return join(bytes, random.nextInt(bytes.length), bytes, from);
      }
      case 5 -> {
        byte[] noise = new byte[1 + random.nextInt(64)];
        random.nextBytes(noise);
        ByteBuffer.wrap(bytes).put(random.nextInt(bytes.length - noise.length), noise);
      }
      default -> {
        for (int i = random.nextInt(3); i >= 0; i--) {
          change(bytes, seed);
        }
      }
    }
    return bytes;
  }

  private void flip(byte[] bytes, int end) {
    for (int i = random.nextInt(8); i >= 0; i--) {
      bytes[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Puts an odd number, or one near to what was there, into a field. */
  private void change(byte[] bytes, Seed seed) {
    int at = seed.fields().get(random.nextInt(seed.fields().size()));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(seed.order());
    boolean near = random.nextInt(3) == 0;
    int number = near ? random.nextInt(7) - 3 : ODD[random.nextInt(ODD.length)];
    if (seed.fieldBytes() == 2) {
      buffer.putShort(at, (short) (near ? buffer.getShort(at) + number : number));
    } else {
      buffer.putInt(at, near ? buffer.getInt(at) + number : number);
    }
  }

  private static byte[] join(byte[] head, int cut, byte[] tail, int from) {
    return ByteBuffer.allocate(cut + tail.length - from)
        .put(head, 0, cut)
        .put(tail, from, tail.length - from)
        .array();
  }

  private void add(String name, byte[] bytes) {
    List<Integer> fields = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    int fieldBytes = 4;
    if (name.startsWith("png")) {
      order = ByteOrder.BIG_ENDIAN;
      fields.addAll(List.of(16, 20));
      for (int at = 8; at < bytes.length; at += 12 + buffer.getInt(at)) {
        fields.add(at);
      }
    } else if (name.startsWith("jpeg")) {
      order = ByteOrder.BIG_ENDIAN;
      fieldBytes = 2;
      for (int at = 2; bytes[at + 1] != (byte) 0xDA; at += 2 + buffer.getShort(at + 2)) {
        fields.add(at + 2);
        if (bytes[at + 1] == (byte) 0xC0 || bytes[at + 1] == (byte) 0xC2) {
          fields.addAll(List.of(at + 5, at + 7, at + 9));
        }
      }
    } else if (name.startsWith("bmp")) {
      fields.addAll(List.of(2, 10, 14, 18, 22, 26, 28, 30, 34, 46));
    } else if (name.startsWith("gif")) {
      fieldBytes = 2;
      int block = find(bytes, (byte) 0x2C, 13);
      fields.addAll(List.of(6, 8, 10, block + 5, block + 7, block + 9, block + 11));
    } else if (name.startsWith("tiff")) {
      order = bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      buffer.order(order);
      int directory = buffer.getInt(4);
      fields.add(4);
      for (int i = 0; i < buffer.getShort(directory); i++) {
        // Type, count and value of each entry.
        fields.addAll(List.of(directory + 4 + i * 12, directory + 6 + i * 12));
        fields.add(directory + 10 + i * 12);
      }
    } else {
      fields.addAll(List.of(4, 16, 26));
    }
    seeds.add(new Seed(name, bytes, fields, fieldBytes, order));
  }

  private static int find(byte[] bytes, byte value, int from) {
    int at = from + 3 * 256;
    while (bytes[at] != value) {
      at++;
    }
    return at;
  }

  /** The frame of a lossy WebP around noise, which decodes to noise. */
  private static byte[] webp() {
    ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes()).putInt(192).put("WEBPVP8 ".getBytes()).putInt(180);
    bytes.put(new byte[] {0x10, 2, 0, (byte) 0x9D, 1, 0x2A}).putShort((short) WIDTH);
    return bytes.putShort((short) HEIGHT).array();
  }

  public static BufferedImage picture(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      image.setRGB(x, y, 0xFF000000 | x * 5 << 16 | y * 6 << 8 | (x * y & 0xFF));
    }
    return image;
  }

  public static byte[] encode(
      BufferedImage image, String format, String compression, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (compression != null) {
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
    }
    if (param.canWriteProgressive()) {
      param.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
