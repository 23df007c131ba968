// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Where codes are seen. The scene is rendered a second time without light; each symbol has its
 * number as red, and its parts have their column and row as green and blue.
 */
final class Mask {
  /** A symbol is cut into so many columns and rows. */
  private static final int PARTS = 8;

  /** Pixels of the mask for one of the picture, along a side. */
  static final int SCALE = 2;

  private Mask() {}

  /** Writes what stands in the mask instead of what is printed on a card. */
  static void write(Art art, double pixels, int firstNumber, Path file) {
    int width = Math.max(1, (int) Math.round(art.width * pixels));
    int height = Math.max(1, (int) Math.round(art.height * pixels));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < art.symbols.size(); i++) {
      paint(image, art.symbols.get(i).outline(), pixels, firstNumber + i);
    }
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void paint(BufferedImage image, Rect area, double pixels, int number) {
    int left = (int) Math.round(area.x() * pixels);
    int top = (int) Math.round(area.y() * pixels);
    int right = Math.max(left + 1, (int) Math.round(area.right() * pixels));
    int bottom = Math.max(top + 1, (int) Math.round(area.bottom() * pixels));
    for (int y = Math.max(0, top); y < Math.min(bottom, image.getHeight()); y++) {
      for (int x = Math.max(0, left); x < Math.min(right, image.getWidth()); x++) {
        int column = (x - left) * PARTS / (right - left);
        int row = (y - top) * PARTS / (bottom - top);
        image.setRGB(x, y, number << 16 | (10 + 30 * column) << 8 | (10 + 30 * row));
      }
    }
  }

  /** Options that leave out what shows no symbol. */
  static List<String> region(List<Code> codes, View view) {
    double left = view.width();
    double top = view.height();
    double right = 0;
    double bottom = 0;
    for (Code code : codes) {
      if (code.isFair()) {
        left = Math.min(left, code.box().x());
        top = Math.min(top, code.box().y());
        right = Math.max(right, code.box().right());
        bottom = Math.max(bottom, code.box().bottom());
      }
    }
    return List.of(
        "+SC" + Math.max(1, (int) (left * SCALE) - 8),
        "+SR" + Math.max(1, (int) (top * SCALE) - 8),
        "+EC" + Math.min(view.width() * SCALE, (int) (right * SCALE) + 8),
        "+ER" + Math.min(view.height() * SCALE, (int) (bottom * SCALE) + 8));
  }

  /** The symbols of all cards; their numbers begin with 1. */
  static List<Code> read(Path file, Scene scene, View view) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Seen[] seen = new Seen[256];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int number = rgb >> 16 & 255;
        if (number > 0) {
          if (seen[number] == null) {
            seen[number] = new Seen();
          }
          seen[number].add(x, y, (rgb >> 8 & 255) / 30, (rgb & 255) / 30);
        }
      }
    }
    List<Code> codes = new ArrayList<>();
    int number = 1;
    for (Card card : scene.cards) {
      for (Placed placed : card.art().symbols) {
        if (seen[number] != null) {
          Projection free = Projection.of(card, placed, view);
          codes.add(new Code(card, placed, free, seen[number].box(), seen[number].share()));
        }
        number++;
      }
    }
    return codes;
  }

  private static final class Seen {
    private final boolean[] parts = new boolean[PARTS * PARTS];
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right;
    private int bottom;

    void add(int x, int y, int column, int row) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
      parts[row * PARTS + column] = true;
    }

    Rect box() {
      double one = 1.0 / SCALE;
      return new Rect(left * one, top * one, (right - left) * one, (bottom - top) * one);
    }

    double share() {
      int count = 0;
      for (boolean part : parts) {
        count += part ? 1 : 0;
      }
      return count / (double) parts.length;
    }
  }
}
