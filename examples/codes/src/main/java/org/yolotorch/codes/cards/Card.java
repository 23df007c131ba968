// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.symbols.Content;

/** A flat thing that is put into a picture: a label, a sheet or a pattern; may be transparent. */
public final class Card {
  /**
   * A code on a card.
   *
   * @param content what it says
   * @param corners the symbol's own top left, top right, bottom right and bottom left corner
   * @param columns modules of its width
   * @param rows module widths of its height; 0 for a linear code
   */
  public record Spot(Content content, double[] corners, int columns, double rows) {
    public double centreX() {
      return (corners[0] + corners[4]) / 2;
    }

    public double centreY() {
      return (corners[1] + corners[5]) / 2;
    }

    Spot moved(int x, int y) {
      double[] moved = corners.clone();
      for (int i = 0; i < 8; i += 2) {
        moved[i] += x;
        moved[i + 1] += y;
      }
      return new Spot(content, moved, columns, rows);
    }
  }

  /** Whether ink is on the card, or on a dark or bright background that is seen through it. */
  public enum Ground {
    OWN,
    DARK,
    BRIGHT
  }

  public final BufferedImage image;
  public final int width;
  public final int height;

  /** The codes; the first is the one that the card was made for. */
  public final List<Spot> spots = new ArrayList<>();

  /** What is below the ink. */
  public Ground ground = Ground.OWN;

  /** Whether it is a screen, with light of its own. */
  public boolean shining;

  public Card(int width, int height) {
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    this.width = width;
    this.height = height;
  }

  /** Draws another card onto this one, with its codes. */
  void paste(Card other, int x, int y) {
    Graphics2D g = image.createGraphics();
    g.drawImage(other.image, x, y, null);
    g.dispose();
    for (Spot spot : other.spots) {
      spots.add(spot.moved(x, y));
    }
  }

  public int[] pixels() {
    return Picture.pixels(image);
  }

  /** Its corners, clockwise, seen from a point that is the origin. */
  public double[] outline(double originX, double originY, int pointsPerSide) {
    double[] corners = {0, 0, width, 0, width, height, 0, height};
    return along(corners, originX, originY, pointsPerSide);
  }

  /** Points along the sides of a quadrilateral, each corner first. */
  public static double[] along(
      double[] corners, double originX, double originY, int pointsPerSide) {
    double[] points = new double[8 * pointsPerSide];
    for (int side = 0; side < 4; side++) {
      for (int i = 0; i < pointsPerSide; i++) {
        double t = (double) i / pointsPerSide;
        int from = 2 * side;
        int to = (from + 2) % 8;
        int at = 2 * (side * pointsPerSide + i);
        points[at] = corners[from] + t * (corners[to] - corners[from]) - originX;
        points[at + 1] = corners[from + 1] + t * (corners[to + 1] - corners[from + 1]) - originY;
      }
    }
    return points;
  }
}
