// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongFunction;
import javax.imageio.ImageIO;
import org.yolotorch.codes.camera.Placement;
import org.yolotorch.codes.cards.Fillers;
import org.yolotorch.codes.scene.Scene;

/** Several pictures side by side, with the labels drawn. */
final class ContactSheet {
  private static final int COLUMNS = 6;
  private static final int ROWS = 4;

  private static final Color[] COLOURS = {
    Color.RED, Color.GREEN, Color.CYAN, Color.MAGENTA, Color.ORANGE
  };

  private ContactSheet() {}

  /** Writes the first pictures as PNG; a dot marks the first corner of a symbol. */
  static void write(Path file, LongFunction<Scene> scenes) throws IOException {
    JpegEncoder encoder = new JpegEncoder();
    BufferedImage sheet = null;
    Graphics2D g = null;
    int cell = 0;
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      Scene scene = scenes.apply(i);
      if (sheet == null) {
        cell = Math.max(scene.picture().width, scene.picture().height);
        sheet = new BufferedImage(COLUMNS * cell, ROWS * cell, BufferedImage.TYPE_INT_RGB);
        g = sheet.createGraphics();
        Fillers.smooth(g);
      }
      byte[] jpeg = encoder.encode(scene.picture().toImage(), scene.quality());
      int x = i % COLUMNS * cell;
      int y = i / COLUMNS * cell;
      g.drawImage(ImageIO.read(new ByteArrayInputStream(jpeg)), x, y, null);
      for (Placement code : scene.codes()) {
        draw(g, code, x, y);
      }
    }
    g.dispose();
    ImageIO.write(sheet, "png", file.toFile());
  }

  private static void draw(Graphics2D g, Placement code, int x, int y) {
    double[] outline = code.outline();
    Path2D path = new Path2D.Double();
    path.moveTo(x + outline[0], y + outline[1]);
    for (int i = 2; i < outline.length; i += 2) {
      path.lineTo(x + outline[i], y + outline[i + 1]);
    }
    path.closePath();
    g.setColor(COLOURS[code.kind().ordinal()]);
    g.setStroke(new BasicStroke(1.5f));
    g.draw(path);
    g.fill(new Ellipse2D.Double(x + outline[0] - 4, y + outline[1] - 4, 8, 8));
  }
}
