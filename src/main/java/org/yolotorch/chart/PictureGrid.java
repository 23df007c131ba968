// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.yolotorch.internal.image.PictureFile;
import org.yolotorch.internal.render.Palette;

/** Pictures in rows and columns, as those of a batch. */
public final class PictureGrid {
  /** Pictures of a side, at most. */
  private static final int MOST = 4;

  private static final int LARGEST_CELL = 480;

  private final int columns;
  private final int cell;
  private final BufferedImage picture;
  private final Graphics2D graphics;
  private int count;

  /**
   * A grid for so many pictures, of which the first sixteen are shown.
   *
   * @param side of the largest picture in pixels
   */
  public PictureGrid(int pictures, int side) {
    this.columns = Math.min(MOST, (int) Math.ceil(Math.sqrt(Math.max(1, pictures))));
    this.cell = Math.min(LARGEST_CELL, side);
    int rows = Math.min(MOST, (pictures + columns - 1) / columns);
    this.picture =
        new BufferedImage(columns * cell, Math.max(1, rows) * cell, BufferedImage.TYPE_INT_RGB);
    this.graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  public boolean isFull() {
    return count >= MOST * MOST || count >= columns * (picture.getHeight() / cell);
  }

  /** A box of a class, in shares of the picture's sides; the angle in radians. */
  public record Mark(
      String text, int classId, double x, double y, double width, double height, double angle) {}

  /** Adds a picture with its boxes, unless the grid is full. */
  public void add(BufferedImage image, Iterable<Mark> marks) {
    if (isFull()) {
      return;
    }
    double scale = (double) cell / Math.max(image.getWidth(), image.getHeight());
    AffineTransform before = graphics.getTransform();
    graphics.translate(count % columns * cell, count / columns * cell);
    graphics.setClip(0, 0, cell, cell);
    graphics.drawImage(image, AffineTransform.getScaleInstance(scale, scale), null);
    for (Mark mark : marks) {
      draw(mark, image.getWidth() * scale, image.getHeight() * scale);
    }
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(2));
    graphics.draw(new Rectangle2D.Double(0, 0, cell, cell));
    graphics.setTransform(before);
    count++;
  }

  private void draw(Mark mark, double width, double height) {
    double w = mark.width() * width;
    double h = mark.height() * height;
    Path2D box = new Path2D.Double(new Rectangle2D.Double(-w / 2, -h / 2, w, h));
    box.transform(AffineTransform.getRotateInstance(mark.angle()));
    box.transform(AffineTransform.getTranslateInstance(mark.x() * width, mark.y() * height));
    graphics.setColor(Palette.CLASSES.color(mark.classId()));
    graphics.setStroke(new BasicStroke(2));
    graphics.draw(box);
    if (!mark.text().isEmpty()) {
      Rectangle2D bounds = box.getBounds2D();
      int x = (int) Math.max(0, bounds.getX());
      int y = (int) Math.max(graphics.getFontMetrics().getAscent(), bounds.getY());
      int wide = graphics.getFontMetrics().stringWidth(mark.text());
      int high = graphics.getFontMetrics().getAscent();
      graphics.fillRect(x, y - high, wide + 2, high + 2);
      graphics.setColor(Palette.CLASSES.textColor(mark.classId()));
      graphics.drawString(mark.text(), x + 1, y);
    }
  }

  /** Writes the grid. */
  public void write(Path file) {
    graphics.dispose();
    PictureFile.write(picture, file);
  }
}
