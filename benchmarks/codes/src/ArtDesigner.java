// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lays out printed matter: halves areas until there are enough, then fills each of them. */
final class ArtDesigner {
  /** How a kind of printed matter is made: how many codes and other things, how large a code is. */
  enum Kind {
    LABEL(1, 4, 2, 6, 0.55),
    DOCUMENT(1, 3, 4, 9, 0.45),
    PRODUCT(1, 3, 3, 7, 0.45),
    TAG(1, 1, 1, 3, 0.7),
    TICKET(1, 2, 2, 5, 0.6),
    POSTER(1, 1, 2, 4, 0.7),
    BARE(1, 1, 0, 0, 0.75),
    SHEET(3, 10, 0, 3, 0.7),
    PLATE(1, 1, 1, 3, 0.6),
    PAGE(1, 1, 1, 4, 0.7);

    private final int leastCodes;
    private final int mostCodes;
    private final int leastFillers;
    private final int mostFillers;
    private final double size;

    Kind(int leastCodes, int mostCodes, int leastFillers, int mostFillers, double size) {
      this.leastCodes = leastCodes;
      this.mostCodes = mostCodes;
      this.leastFillers = leastFillers;
      this.mostFillers = mostFillers;
      this.size = size;
    }
  }

  private final Tools tools;
  private final Rand rand;
  private final SymbolWriter writer;
  private final List<Path> photos;

  ArtDesigner(Tools tools, Rand rand, SymbolWriter writer, List<Path> photos) {
    this.tools = tools;
    this.rand = rand;
    this.writer = writer;
    this.photos = photos;
  }

  Art design(Kind kind, double width, double height) {
    return design(kind, width, height, palette(kind));
  }

  Art design(Kind kind, double width, double height, Palette palette) {
    Art art = new Art(width, height, palette.paper());
    fill(art, kind, palette, new Rect(0, 0, width, height));
    if (rand.chance(0.12)) {
      wear(art);
    }
    return art;
  }

  /** A sheet in a colour with a label somewhere on it. */
  Art labelled(double width, double height, Palette ground, Rect label, Kind kind) {
    Art art = new Art(width, height, ground.paper());
    Palette palette = palette(kind);
    art.fill(label, palette.paper());
    fill(art, kind, palette, label);
    return art;
  }

  private void fill(Art art, Kind kind, Palette palette, Rect area) {
    Fillers fillers = new Fillers(tools, rand, palette, photos);
    int codes = rand.integer(kind.leastCodes, kind.mostCodes);
    int others = rand.integer(kind.leastFillers, kind.mostFillers);
    double margin = Math.min(area.width(), area.height()) * rand.between(0.03, 0.08);
    List<Rect> areas = new ArrayList<>();
    split(areas, area.shrunk(margin), codes + others, margin * 0.7);
    boolean same = kind == Kind.SHEET && rand.chance(0.6);
    int type = type(kind);
    for (int i = 0; i < codes; i++) {
      code(art, areas, writer.write(same || i == 0 ? type : type(kind)), kind, palette);
    }
    areas.forEach(rest -> fillers.fill(art, rest));
    if (kind == Kind.LABEL && rand.chance(0.5)) {
      art.frame(area.shrunk(margin * 0.4), palette.ink(), margin * 0.12);
    }
  }

  private void split(List<Rect> areas, Rect area, int count, double gap) {
    if (count <= 1) {
      areas.add(area);
      return;
    }
    int first = count / 2;
    double share = Math.min(0.72, Math.max(0.28, first / (double) count + rand.between(-0.2, 0.2)));
    boolean across = area.width() > area.height() * rand.between(0.7, 1.3);
    double side = (across ? area.width() : area.height()) - gap;
    double cut = side * share;
    if (across) {
      split(areas, new Rect(area.x(), area.y(), cut, area.height()), first, gap);
      double x = area.x() + cut + gap;
      split(areas, new Rect(x, area.y(), side - cut, area.height()), count - first, gap);
    } else {
      split(areas, new Rect(area.x(), area.y(), area.width(), cut), first, gap);
      double y = area.y() + cut + gap;
      split(areas, new Rect(area.x(), y, area.width(), side - cut), count - first, gap);
    }
  }

  /** Takes the area in which the symbol becomes largest. */
  private void code(Art art, List<Rect> areas, Symbol symbol, Kind kind, Palette palette) {
    int turns = rand.weighted(78, 9, 4, 9);
    double module = symbol.module();
    double wide = symbol.width() + 2 * symbol.quietAcross() * module;
    double high = symbol.height() + 2 * symbol.quietDown() * module;
    double across = turns % 2 == 0 ? wide : high;
    double down = turns % 2 == 0 ? high : wide;
    Rect best = areas.get(0);
    for (Rect area : areas) {
      if (scale(area, across, down) > scale(best, across, down)) {
        best = area;
      }
    }
    areas.remove(best);
    double scale = scale(best, across, down) * rand.between(kind.size, 1);
    double width = (turns % 2 == 0 ? symbol.width() : symbol.height()) * scale;
    double height = (turns % 2 == 0 ? symbol.height() : symbol.width()) * scale;
    double freeAcross = best.width() - across * scale;
    double freeDown = best.height() - down * scale;
    double x = best.x() + freeAcross * rand.between(0, 1) + (across * scale - width) / 2;
    double y = best.y() + freeDown * rand.between(0, 1) + (down * scale - height) / 2;
    String ground = kind == Kind.PLATE ? palette.paper() : palette.codeGround(rand);
    String ink = kind == Kind.PLATE ? palette.ink() : palette.codeInk(rand);
    boolean inverted = symbol.type() <= Symbol.AZTEC && rand.chance(0.06);
    Rect area = new Rect(x, y, width, height);
    art.symbols.add(
        new Placed(symbol, area, turns, inverted ? ground : ink, inverted ? ink : ground));
  }

  private static double scale(Rect area, double across, double down) {
    return Math.min(area.width() / across, area.height() / down);
  }

  private int type(Kind kind) {
    return switch (kind) {
      case PRODUCT, TAG -> rand.weighted(15, 14, 13, 14, 44);
      case PLATE -> rand.weighted(20, 60, 6, 2, 12);
      case POSTER -> rand.weighted(50, 10, 20, 12, 8);
      case TICKET, PAGE -> rand.weighted(26, 8, 30, 26, 10);
      default -> rand.weighted(17, 20, 21, 23, 19);
    };
  }

  private Palette palette(Kind kind) {
    return switch (kind) {
      case PRODUCT -> Palette.coloured(rand);
      case PLATE -> Palette.metal(rand);
      case POSTER, TICKET, TAG, PAGE ->
          rand.chance(0.4) ? Palette.coloured(rand) : Palette.white(rand);
      default -> rand.chance(0.08) ? Palette.coloured(rand) : Palette.white(rand);
    };
  }

  private void wear(Art art) {
    int count = rand.integer(2, 9);
    for (int i = 0; i < count; i++) {
      double x = rand.between(0, art.width);
      double y = rand.between(0, art.height);
      double long0 = rand.between(-0.4, 0.4) * art.width;
      double long1 = rand.between(-0.2, 0.2) * art.height;
      double line = rand.between(0.002, 0.008) * art.width;
      String colour = rand.of("#ffffffb0", "#e8e4dca0", "#40404060", "#60503060");
      art.addWear(
          pixels ->
              ("push graphic-context fill none stroke '%s' stroke-width %s line %s,%s %s,%s pop"
                      + " graphic-context")
                  .formatted(
                      colour,
                      Art.number(line * pixels),
                      Art.number(x * pixels),
                      Art.number(y * pixels),
                      Art.number((x + long0) * pixels),
                      Art.number((y + long1) * pixels)));
    }
  }
}
