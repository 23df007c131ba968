// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.scene;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.yolotorch.codes.cards.Artwork;
import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.cards.Fillers;
import org.yolotorch.codes.cards.Inks;
import org.yolotorch.codes.cards.Patterns;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Field;
import org.yolotorch.codes.picture.Picture;

/** What is behind everything: photographs and surfaces. Thread-safe. */
public final class Backgrounds {
  private final Photos photos;

  public Backgrounds(Photos photos) {
    this.photos = photos;
  }

  Photos photos() {
    return photos;
  }

  /** A picture without codes. */
  Picture draw(int width, int height, boolean validation, Draws draws) {
    Picture picture;
    switch (draws.weighted(photos.isEmpty() ? 0 : 6, 1.2, 0.8, 0.7, 0.7, 0.6, 1.3, 0.3)) {
      case 0 -> picture = photographs(width, height, validation, draws);
      case 1 -> picture = plain(width, height, draws);
      case 2 -> picture = page(width, height, draws);
      case 3 -> picture = cardboard(width, height, draws);
      case 4 -> picture = wood(width, height, draws);
      case 5 -> picture = metal(width, height, draws);
      case 6 -> picture = packaging(width, height, draws);
      default -> picture = pattern(width, height, draws);
    }
    return picture;
  }

  /** A sheet of paper as a scanner sees it. */
  Picture page(int width, int height, Draws draws) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    int paper = Inks.paper(draws);
    g.setColor(new Color(paper));
    g.fillRect(0, 0, width, height);
    g.setColor(new Color(Inks.onPaper(paper, draws)));
    Fillers fillers = new Fillers(g, draws);
    double margin = width * draws.in(0.02, 0.12);
    double y = margin;
    while (y < height - margin) {
      double block = height * draws.in(0.05, 0.35);
      if (draws.chance(0.75)) {
        double share = draws.chance(0.6) ? 1 : draws.in(0.3, 1);
        fillers.any(margin, y, (width - 2 * margin) * share, block, g.getColor().getRGB());
      }
      y += block + height * draws.in(0.01, 0.08);
    }
    g.dispose();
    return Picture.of(image);
  }

  /** A package from near. */
  private static Picture packaging(int width, int height, Draws draws) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    Artwork.draw(g, width, height, draws);
    g.dispose();
    Picture picture = Picture.of(image);
    grain(picture, width * draws.in(0.1, 0.5), draws.in(0, 25), draws);
    return picture;
  }

  private static Picture pattern(int width, int height, Draws draws) {
    Card card = new Card(width, height);
    int paper = draws.colour(draws.unit(), draws.in(0, 0.6), draws.in(0.3, 1));
    new Patterns(card, Inks.contrast(paper, draws), paper, draws).any();
    Picture picture = Picture.of(card.image);
    grain(picture, width * draws.in(0.2, 0.6), draws.in(0, 30), draws);
    return picture;
  }

  /** One to sixteen photographs side by side: enlarged, or at about their own scale. */
  private Picture photographs(int width, int height, boolean validation, Draws draws) {
    Picture picture = new Picture(width, height);
    int[] across = parts(width, draws);
    int[] down = parts(height, draws);
    for (int i = 1; i < across.length; i++) {
      for (int k = 1; k < down.length; k++) {
        Photos.Photo photo = photos.draw(validation, draws);
        Photos.crop(photo, picture, across[i - 1], down[k - 1], across[i], down[k], draws);
      }
    }
    recolour(picture, draws);
    if (draws.chance(0.6)) {
      // Enlarged photographs lack the detail that codes have.
      grain(picture, draws.in(1, 2.5), draws.in(2, 12), draws);
    }
    return picture;
  }

  /** Where parts of a side begin and end. */
  private static int[] parts(int side, Draws draws) {
    int count = 1 + draws.weighted(70, 20, 6, 4);
    int[] ends = new int[count + 1];
    for (int i = 1; i <= count; i++) {
      double inner = i == count ? 0 : draws.in(-0.25, 0.25);
      ends[i] = (int) (side * (i + inner) / count);
    }
    return ends;
  }

  private static void recolour(Picture picture, Draws draws) {
    if (draws.chance(0.3)) {
      return;
    }
    double gain = draws.in(0.6, 1.3);
    double offset = draws.in(-25, 45);
    for (float[] plane : picture.planes) {
      float factor = (float) (gain * draws.in(0.8, 1.2));
      for (int i = 0; i < plane.length; i++) {
        plane[i] = plane[i] * factor + (float) offset;
      }
    }
  }

  private static Picture filled(int width, int height, int colour) {
    Picture picture = new Picture(width, height);
    for (int c = 0; c < 3; c++) {
      java.util.Arrays.fill(picture.planes[c], colour >> (16 - 8 * c) & 255);
    }
    return picture;
  }

  private static void grain(Picture picture, double cell, double strength, Draws draws) {
    grain(picture, cell, cell, strength, draws);
  }

  private static void grain(
      Picture picture, double cellX, double cellY, double strength, Draws draws) {
    long same = draws.bits();
    for (float[] plane : picture.planes) {
      Field.add(plane, picture.width, cellX, cellY, strength, new Draws(same));
    }
  }

  private static Picture plain(int width, int height, Draws draws) {
    int colour = draws.colour(draws.unit(), draws.in(0, 0.8), draws.in(0.1, 1));
    Picture picture = filled(width, height, draws.chance(0.4) ? Inks.paper(draws) : colour);
    grain(picture, width * draws.in(0.3, 1), draws.in(5, 45), draws);
    grain(picture, draws.logIn(1, 20), draws.in(0, 10), draws);
    return picture;
  }

  private static Picture cardboard(int width, int height, Draws draws) {
    int colour = draws.colour(draws.in(0.06, 0.1), draws.in(0.25, 0.55), draws.in(0.45, 0.8));
    Picture picture = filled(width, height, colour);
    double scale = width / 640.0;
    grain(picture, Math.max(1, 2 * scale), draws.in(4, 12), draws);
    if (draws.chance(0.6)) {
      grain(picture, Math.max(1, draws.in(4, 9) * scale), width, draws.in(2, 10), draws);
    }
    grain(picture, width * draws.in(0.1, 0.6), draws.in(5, 25), draws);
    return picture;
  }

  private static Picture wood(int width, int height, Draws draws) {
    int colour = draws.colour(draws.in(0.04, 0.11), draws.in(0.2, 0.7), draws.in(0.25, 0.85));
    Picture picture = filled(width, height, colour);
    float[] warp = new float[width * height];
    Field.add(warp, width, width * 0.5, height * 0.08, 1, draws);
    Field.add(warp, width, width * 0.2, height * 0.02, 0.3, draws);
    float rings = (float) draws.in(8, 40);
    float strength = (float) draws.in(5, 25);
    for (int i = 0; i < warp.length; i++) {
      float shade = strength * (float) Math.sin(warp[i] * rings);
      picture.planes[0][i] += shade;
      picture.planes[1][i] += shade * 0.9f;
      picture.planes[2][i] += shade * 0.7f;
    }
    grain(picture, width * 0.05, 1.2, draws.in(2, 14), draws);
    return picture;
  }

  private static Picture metal(int width, int height, Draws draws) {
    int colour = draws.colour(draws.in(0.5, 0.65), draws.in(0, 0.12), draws.in(0.2, 0.85));
    Picture picture = filled(width, height, colour);
    boolean upright = draws.chance(0.5);
    double along = width * draws.in(0.1, 0.8);
    double strength = draws.in(3, 20);
    grain(picture, upright ? 1.2 : along, upright ? along : 1.2, strength, draws);
    grain(picture, upright ? width * 0.2 : width, upright ? width : width * 0.2, 30, draws);
    return picture;
  }
}
