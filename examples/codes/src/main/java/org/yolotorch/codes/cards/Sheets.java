// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.cards;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import org.yolotorch.codes.picture.Draws;

/** Several labels on one sheet. */
public final class Sheets {
  private Sheets() {}

  /** A sheet with labels in rows; the codes of each go along. */
  public static Card join(List<Card> labels, Draws draws) {
    int columns = draws.whole(1, labels.size());
    int rows = (labels.size() + columns - 1) / columns;
    int cellWidth = labels.stream().mapToInt(label -> label.width).max().orElseThrow();
    int cellHeight = labels.stream().mapToInt(label -> label.height).max().orElseThrow();
    int gap = (int) (Math.min(cellWidth, cellHeight) * draws.in(0.02, 0.3)) + 2;
    Card sheet = new Card(columns * (cellWidth + gap) + gap, rows * (cellHeight + gap) + gap);
    Graphics2D g = sheet.image.createGraphics();
    int ground = Inks.paper(draws);
    if (draws.chance(0.8)) {
      g.setColor(new Color(ground));
      g.fillRect(0, 0, sheet.width, sheet.height);
    }
    g.dispose();
    for (int i = 0; i < labels.size(); i++) {
      Card label = labels.get(i);
      int x = gap + i % columns * (cellWidth + gap) + draws.below(cellWidth - label.width + 1);
      int y = gap + i / columns * (cellHeight + gap) + draws.below(cellHeight - label.height + 1);
      sheet.paste(label, x, y);
    }
    return sheet;
  }
}
