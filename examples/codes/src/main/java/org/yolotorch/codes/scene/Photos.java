// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.scene;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;

/** Photographs for backgrounds. Every twentieth is kept for validation. Thread-safe. */
public final class Photos {
  private static final int KEPT = 20;

  /** Pixels as 0xRRGGBB. */
  record Photo(int width, int height, int[] pixels) {}

  private final List<Path> train = new ArrayList<>();
  private final List<Path> val = new ArrayList<>();
  private final java.util.Map<Path, SoftReference<Photo>> decoded =
      new java.util.concurrent.ConcurrentHashMap<>();

  /**
   * The photographs of a folder.
   *
   * @param folder null for none
   */
  public Photos(Path folder) throws IOException {
    if (folder == null) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Photos::isPhoto).sorted().toList();
    }
    for (int i = 0; i < files.size(); i++) {
      (i % KEPT == KEPT - 1 ? val : train).add(files.get(i));
    }
  }

  private static boolean isPhoto(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  boolean isEmpty() {
    return train.isEmpty();
  }

  /** One of them. */
  Photo draw(boolean validation, Draws draws) {
    List<Path> files = validation && !val.isEmpty() ? val : train;
    Path file = files.get(draws.below(files.size()));
    SoftReference<Photo> held = decoded.get(file);
    Photo photo = held == null ? null : held.get();
    if (photo == null) {
      photo = read(file);
      decoded.put(file, new SoftReference<>(photo));
    }
    return photo;
  }

  private static Photo read(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException(
            "'" + file + "' was expected to be a JPEG or PNG picture, but is none; remove it.");
      }
      BufferedImage rgb =
          new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
      Graphics2D g = rgb.createGraphics();
      g.drawImage(image, 0, 0, null);
      g.dispose();
      return new Photo(rgb.getWidth(), rgb.getHeight(), Picture.pixels(rgb));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A random part of a photograph, perhaps mirrored or turned, scaled into a rectangle. */
  static void crop(Photo photo, Picture to, int left, int top, int right, int bottom, Draws draws) {
    int width = right - left;
    int height = bottom - top;
    double most = Math.min((double) photo.width() / width, (double) photo.height() / height);
    double scale = most * draws.logIn(0.4, 0.999);
    double x0 = draws.unit() * (photo.width() - scale * width);
    double y0 = draws.unit() * (photo.height() - scale * height);
    boolean mirrored = draws.chance(0.5);
    boolean upside = draws.chance(0.15);
    for (int y = 0; y < height; y++) {
      double sy = y0 + scale * ((upside ? height - 1 - y : y) + 0.5) - 0.5;
      int row = (int) Math.max(0, Math.min(photo.height() - 2, sy));
      float fy = (float) Math.max(0, Math.min(1, sy - row));
      for (int x = 0; x < width; x++) {
        double sx = x0 + scale * ((mirrored ? width - 1 - x : x) + 0.5) - 0.5;
        int column = (int) Math.max(0, Math.min(photo.width() - 2, sx));
        float fx = (float) Math.max(0, Math.min(1, sx - column));
        mix(photo, row * photo.width() + column, fx, fy, to, (top + y) * to.width + left + x);
      }
    }
  }

  private static void mix(Photo photo, int at, float fx, float fy, Picture to, int pixel) {
    int[] p = photo.pixels();
    int a = p[at];
    int b = p[at + 1];
    int c = p[at + photo.width()];
    int d = p[at + photo.width() + 1];
    to.planes[0][pixel] = mix(a >> 16, b >> 16, c >> 16, d >> 16, fx, fy);
    to.planes[1][pixel] = mix(a >> 8, b >> 8, c >> 8, d >> 8, fx, fy);
    to.planes[2][pixel] = mix(a, b, c, d, fx, fy);
  }

  /** Between the lowest bytes of four numbers. */
  private static float mix(int a, int b, int c, int d, float fx, float fy) {
    float upper = (a & 255) + fx * ((b & 255) - (a & 255));
    float lower = (c & 255) + fx * ((d & 255) - (c & 255));
    return upper + fy * (lower - upper);
  }
}
