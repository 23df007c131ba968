// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Lets zint, qrencode, iec16022 and libdmtx write symbols. */
final class SymbolWriter {
  private static final int MODULE = 8;
  private static final Pattern BAR =
      Pattern.compile(
          "<rect x=\"([\\d.]+)\" y=\"([\\d.]+)\" width=\"([\\d.]+)\" height=\"([\\d.]+)\" />");

  private final Tools tools;
  private final Path folder;
  private final Rand rand;
  private int written;

  /** Writes into a folder, PNG files with numbers. */
  SymbolWriter(Tools tools, Path folder, Rand rand) {
    this.tools = tools;
    this.folder = folder;
    this.rand = rand;
  }

  Symbol write(int type) {
    return switch (type) {
      case Symbol.QR -> qr();
      case Symbol.DATA_MATRIX -> dataMatrix();
      case Symbol.AZTEC ->
          zint(type, "aztec", "AZTEC", Payloads.free(rand, 110), "--secure=" + rand.integer(1, 4));
      case Symbol.PDF417 -> pdf417();
      default -> linear();
    };
  }

  private Symbol qr() {
    String text = Payloads.free(rand, 150);
    if (rand.chance(0.35)) {
      Path file = next();
      String level = rand.of("L", "M", "Q", "H");
      tools.run(
          folder,
          List.of("qrencode", "-s", "8", "-m", "0", "-l", level, "-o", file.toString(), text));
      return scanned(Symbol.QR, "qr-qrencode", file, MODULE);
    }
    return zint(Symbol.QR, "qr", "QRCODE", text, "--secure=" + rand.integer(1, 4));
  }

  private Symbol dataMatrix() {
    int way = rand.weighted(0.42, 0.15, 0.13, 0.15, 0.15);
    String text = rand.chance(0.5) ? Payloads.digits(rand, 4, 24) : Payloads.free(rand, 70);
    return switch (way) {
      case 0 -> zint(Symbol.DATA_MATRIX, "datamatrix", "DATAMATRIX", text, "--square");
      case 1 ->
          zint(Symbol.DATA_MATRIX, "datamatrix-gs1", "DATAMATRIX", Payloads.gs1(rand), "--gs1");
      case 2 ->
          zint(
              Symbol.DATA_MATRIX,
              "datamatrix-rectangle",
              "DATAMATRIX",
              Payloads.digits(rand, 4, 10),
              "--vers=" + rand.integer(25, 30));
      case 3 -> iec16022(text);
      default -> dmtxwrite(text);
    };
  }

  private Symbol iec16022(String text) {
    Path file = next();
    tools.run(folder, List.of("iec16022", "-c", text, "-f", "PNG", "-o", file.toString()));
    enlarge(file);
    return scanned(Symbol.DATA_MATRIX, "datamatrix-iec16022", file, MODULE);
  }

  private Symbol dmtxwrite(String text) {
    Path file = next();
    Path said = folder.resolve("payload.txt");
    try {
      Files.writeString(said, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tools.run(
        folder, List.of("dmtxwrite", "-d", "8", "-m", "8", "-o", file.toString(), said.toString()));
    return scanned(Symbol.DATA_MATRIX, "datamatrix-libdmtx", file, MODULE);
  }

  private Symbol pdf417() {
    String text = Payloads.free(rand, 200);
    String columns = "--cols=" + rand.integer(2, 3 + text.length() / 20);
    if (rand.chance(0.12)) {
      return zint(Symbol.PDF417, "pdf417-compact", "PDF417COMP", text, columns);
    }
    return zint(
        Symbol.PDF417,
        "pdf417",
        "PDF417",
        text,
        columns,
        "--heightperrow",
        "--height=" + rand.integer(2, 5));
  }

  private Symbol linear() {
    return new LinearKinds(rand).write(this);
  }

  /** Calls zint; bars are found in its SVG, which keeps text apart. */
  Symbol zint(int type, String kind, String barcode, String text, String... options) {
    Path file = next();
    List<String> command = new ArrayList<>(List.of("zint", "-b", barcode, "-d", text));
    command.addAll(List.of(options));
    command.add("--scale=" + MODULE / 2);
    if (type != Symbol.BARCODE) {
      command.add("--notext");
    }
    command.addAll(List.of("-o", file.toString()));
    tools.run(folder, command);
    if (type != Symbol.BARCODE) {
      return scanned(type, kind, file, MODULE);
    }
    Path vectors = Path.of(file.toString().replace(".png", ".svg"));
    command.set(command.size() - 1, vectors.toString());
    tools.run(folder, command);
    BufferedImage image = read(file);
    return new Symbol(type, kind, file, image.getWidth(), image.getHeight(), bars(vectors), MODULE);
  }

  private Path next() {
    return folder.resolve("symbol" + written++ + ".png");
  }

  private static Rect bars(Path svg) {
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = 0;
    double bottom = 0;
    try {
      Matcher bars = BAR.matcher(Files.readString(svg));
      while (bars.find()) {
        double x = Double.parseDouble(bars.group(1));
        double y = Double.parseDouble(bars.group(2));
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + Double.parseDouble(bars.group(3)));
        bottom = Math.max(bottom, y + Double.parseDouble(bars.group(4)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Rect(left, top, right - left, bottom - top);
  }

  /** The outline is where the dark pixels are. */
  private static Symbol scanned(int type, String kind, Path file, double module) {
    BufferedImage image = read(file);
    int left = image.getWidth();
    int top = image.getHeight();
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 255) < 128) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x);
          bottom = Math.max(bottom, y);
        }
      }
    }
    Rect outline = new Rect(left, top, right + 1 - left, bottom + 1 - top);
    return new Symbol(type, kind, file, image.getWidth(), image.getHeight(), outline, module);
  }

  private static void enlarge(Path file) {
    BufferedImage small = read(file);
    BufferedImage large =
        new BufferedImage(
            small.getWidth() * MODULE, small.getHeight() * MODULE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < large.getHeight(); y++) {
      for (int x = 0; x < large.getWidth(); x++) {
        large.setRGB(x, y, small.getRGB(x / MODULE, y / MODULE));
      }
    }
    try {
      ImageIO.write(large, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage read(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
