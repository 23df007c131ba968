// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import org.yolotorch.YoloException;

/**
 * Writes the files of a run. Each is written beside its place and then moved there, so that nobody
 * ever sees half of one.
 */
final class RunFiles implements AutoCloseable {
  private static final float JPEG_QUALITY = 0.95f;

  /** File systems take 255; a number, a suffix and that of a part come on top. */
  private static final int MOST_NAME_BYTES = 200;

  private static final Set<String> RESERVED = Set.of("CON", "PRN", "AUX", "NUL");

  private final Path folder;
  private final Set<String> stems = new HashSet<>();
  private int labels;
  private JsonFile json;

  RunFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path labelFolder() {
    return folder.resolve("labels");
  }

  /** Label files written so far. */
  int labels() {
    return labels;
  }

  /** The file name without suffix; two pictures of one name get different ones. */
  String claimStem(Path picture) {
    return claimStem(picture.getFileName().toString());
  }

  String claimStem(String name) {
    int dot = name.lastIndexOf('.');
    String stem = safe(dot > 0 ? name.substring(0, dot) : name);
    String free = stem;
    for (int i = 2; !stems.add(free); i++) {
      free = stem + "_" + i;
    }
    return free;
  }

  /**
   * A name that stays in its folder and can be written: separators and control characters become
   * underscores, names that Windows reserves get one in front, and it is cut where a file system
   * would refuse it with the suffixes it still gets.
   */
  static String safe(String stem) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < stem.length(); ) {
      int c = stem.codePointAt(i);
      i += Character.charCount(c);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > MOST_NAME_BYTES) {
        break;
      }
      text.appendCodePoint(c == '/' || c == '\\' || Character.isISOControl(c) ? '_' : c);
    }
    String name = text.toString();
    if (name.isBlank() || name.equals(".") || name.equals("..") || isReserved(name)) {
      return "_" + name;
    }
    return name;
  }

  private static boolean isReserved(String name) {
    int dot = name.indexOf('.');
    String base = (dot < 0 ? name : name.substring(0, dot)).toUpperCase(Locale.ROOT);
    return RESERVED.contains(base)
        || base.length() == 4
            && (base.startsWith("COM") || base.startsWith("LPT"))
            && Character.isDigit(base.charAt(3));
  }

  /** Writes an annotated picture. */
  void writePicture(String stem, BufferedImage picture) {
    Path file = folder.resolve(stem + ".jpg");
    try {
      Path part = part(file);
      try {
        writeJpeg(picture, part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Writes a chart, or whatever must keep every pixel. */
  void writePng(String stem, BufferedImage picture) {
    Path file = folder.resolve(stem + ".png");
    try {
      Path part = part(file);
      try {
        try (OutputStream stream = Files.newOutputStream(part)) {
          ImageIO.write(picture, "png", stream);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Writes a label file, unless there is nothing to write. */
  void writeLabels(String stem, String text) {
    if (text.isEmpty()) {
      return;
    }
    Path file = labelFolder().resolve(stem + ".txt");
    try {
      Files.createDirectories(labelFolder());
      Path part = part(file);
      try {
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      labels++;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Adds an entry to predictions.json, which {@link #close()} completes. */
  void writeJson(String entry) {
    if (json == null) {
      json = new JsonFile(folder.resolve("predictions.json"));
    }
    json.add(entry);
  }

  @Override
  public void close() {
    if (json != null) {
      json.close();
      json = null;
    }
  }

  static Path part(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  private static void writeJpeg(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    Files.deleteIfExists(file);
    try (FileImageOutputStream stream = new FileImageOutputStream(file.toFile())) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } finally {
      writer.dispose();
    }
  }

  static YoloException failed(Path file, IOException e) {
    return new YoloException.WriteFailed(
        "A result must be written to '"
            + file
            + "', but that failed ("
            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
            + "); free some space or choose another folder with project=.",
        e);
  }
}
