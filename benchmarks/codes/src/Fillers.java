// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;
import java.util.List;

/** Whatever stands beside codes: text, tables, photographs, signs and patterns. */
final class Fillers {
  private final Rand rand;
  private final Palette palette;
  private final List<Path> photos;
  private final String sans;
  private final String serif;

  Fillers(Tools tools, Rand rand, Palette palette, List<Path> photos) {
    this.rand = rand;
    this.palette = palette;
    this.photos = photos;
    this.sans = tools.font("cyrvetic.ttf");
    this.serif = tools.font(rand.chance(0.5) ? "timrom.ttf" : "cyrvetic.ttf");
  }

  /** Fills an area of a sheet. */
  void fill(Art art, Rect area) {
    switch (rand.weighted(34, 14, 12, 10, 8, 6, 5, 6, 5)) {
      case 0 -> paragraph(art, area);
      case 1 -> headline(art, area);
      case 2 -> table(art, area);
      case 3 -> photo(art, area);
      case 4 -> sign(art, area);
      case 5 -> art.fill(area, palette.accent());
      case 6 -> stripes(art, area);
      case 7 -> list(art, area);
      default -> grid(art, area);
    }
  }

  void paragraph(Art art, Rect area) {
    double size = rand.logBetween(0.16, Math.max(0.2, Math.min(0.6, area.height() / 3)));
    double step = size * rand.between(1.2, 1.6);
    int words = (int) Math.max(1, area.width() / (size * 2.9));
    for (double y = area.y() + size; y < area.bottom(); y += step) {
      art.text(area.x(), y, size, serif, palette.ink(), fit(Words.phrase(rand, words), area, size));
    }
  }

  private static String fit(String text, Rect area, double size) {
    int most = (int) Math.max(1, area.width() / (size * 0.6));
    return text.length() > most ? text.substring(0, most) : text;
  }

  void headline(Art art, Rect area) {
    String text = rand.chance(0.4) ? Words.number(rand) : Words.name(rand);
    double size = Math.min(area.height() * 0.8, area.width() / (text.length() * 0.58));
    boolean reversed = rand.chance(0.25) && Palette.brightness(palette.accent()) < 130;
    Rect bar = new Rect(area.x(), area.y(), area.width(), size * 1.3);
    if (reversed) {
      art.fill(bar, palette.accent());
    }
    String colour = reversed ? "#ffffff" : rand.chance(0.3) ? palette.accent() : palette.ink();
    art.text(area.x() + size * 0.1, area.y() + size, size, sans, colour, text);
  }

  private void list(Art art, Rect area) {
    double size = Math.min(area.height() / rand.integer(2, 6), area.width() / 9) * 0.75;
    for (double y = area.y() + size; y < area.bottom(); y += size * 1.35) {
      art.text(area.x(), y, size, sans, palette.ink(), fit(Words.line(rand), area, size));
    }
  }

  private void table(Art art, Rect area) {
    int rows = rand.integer(2, 7);
    int columns = rand.integer(2, 4);
    double high = area.height() / rows;
    double wide = area.width() / columns;
    double line = Math.max(0.015, high * 0.03);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        Rect cell = new Rect(area.x() + column * wide, area.y() + row * high, wide, high);
        art.frame(cell, palette.ink(), line);
        double size = Math.min(high * 0.6, wide / 5);
        String text = column == 0 ? Words.phrase(rand, 1) : Words.number(rand);
        art.text(
            cell.x() + size * 0.3,
            cell.bottom() - high * 0.25,
            size,
            sans,
            palette.ink(),
            fit(text, cell, size * 1.1));
      }
    }
  }

  private void photo(Art art, Rect area) {
    if (photos.isEmpty()) {
      sign(art, area);
    } else {
      art.photo(rand.of(photos), area);
    }
  }

  private void sign(Art art, Rect area) {
    double radius = Math.min(area.width(), area.height()) * 0.45;
    double x = area.x() + area.width() / 2;
    double y = area.y() + area.height() / 2;
    int corners = rand.of(3, 4, 6, 40);
    double start = rand.between(0, Math.PI);
    art.add(
        pixels -> {
          StringBuilder text = new StringBuilder("fill '" + palette.accent() + "' polygon");
          for (int i = 0; i < corners; i++) {
            double angle = start + 2 * Math.PI * i / corners;
            text.append(' ').append(Art.number((x + radius * Math.cos(angle)) * pixels));
            text.append(',').append(Art.number((y + radius * Math.sin(angle)) * pixels));
          }
          return text.toString();
        });
    art.text(
        x - radius * 0.35,
        y + radius * 0.35,
        radius,
        sans,
        palette.paper(),
        rand.text("ABEGKMRSX", 1));
  }

  /** Bars that say nothing: all as wide as the gaps between them. */
  private void stripes(Art art, Rect area) {
    boolean upright = rand.chance(0.5);
    int count = rand.integer(3, 12);
    double step = (upright ? area.width() : area.height()) / count;
    for (int i = 0; i < count; i++) {
      Rect bar =
          upright
              ? new Rect(area.x() + i * step, area.y(), step / 2, area.height())
              : new Rect(area.x(), area.y() + i * step, area.width(), step / 2);
      art.fill(bar, palette.accent());
    }
  }

  /** Squares like those of a crossword puzzle or a calendar. */
  private void grid(Art art, Rect area) {
    int count = rand.integer(3, 9);
    double cell = Math.min(area.width(), area.height()) / count;
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        Rect square = new Rect(area.x() + column * cell, area.y() + row * cell, cell, cell);
        if (rand.chance(0.25)) {
          art.fill(square, palette.ink());
        } else {
          art.frame(square, palette.ink(), Math.max(0.01, cell * 0.05));
        }
      }
    }
  }
}
