// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import org.yolotorch.benchmarks.codes.ArtDesigner.Kind;

/** Things of paper, film, plastic or metal that are nearly flat. */
final class Flats {
  private final Rand rand;
  private final Scene scene;
  private final ArtDesigner designer;
  private final Textures textures;

  Flats(Rand rand, Scene scene, ArtDesigner designer, Textures textures) {
    this.rand = rand;
    this.scene = scene;
    this.designer = designer;
    this.textures = textures;
  }

  /** Something that lies on a table. */
  Thing lying() {
    return switch (rand.weighted(20, 12, 10, 14, 8, 10, 12, 8, 10)) {
      case 0 -> sheet();
      case 1 -> mailer();
      case 2 -> ticket();
      case 3 -> label();
      case 4 -> identityCard();
      case 5 -> screen(7, 15);
      case 6 -> crumpled();
      case 7 -> plate();
      default -> bag();
    };
  }

  /** Something that hangs at a wall. */
  Thing hanging() {
    return switch (rand.weighted(30, 30, 14, 14, 12)) {
      case 0 -> poster();
      case 1 -> label();
      case 2 -> plate();
      case 3 -> tag();
      default -> sheet();
    };
  }

  /** Something that a hand holds. */
  Thing held() {
    return switch (rand.weighted(20, 22, 20, 18, 20)) {
      case 0 -> ticket();
      case 1 -> identityCard();
      case 2 -> screen(7, 15);
      case 3 -> tag();
      default -> letter(rand.between(9, 15), rand.between(12, 20), Kind.LABEL);
    };
  }

  Thing sheet() {
    double width = rand.of(21.0, 14.8, 21.6);
    double height = width * 1.414;
    return letter(width, height, rand.of(Kind.DOCUMENT, Kind.DOCUMENT, Kind.SHEET, Kind.LABEL));
  }

  /** Paper that is bent as paper is. */
  private Thing letter(double width, double height, Kind kind) {
    Shape shape =
        switch (rand.weighted(25, 45, 15, 15)) {
          case 0 -> Shape.flat();
          case 1 -> Shape.curl(rand, width, height);
          case 2 -> Shape.waves(rand, width, height);
          default -> Shape.folded(rand, height);
        };
    return paper(width, height, kind, shape, Card.PAPER);
  }

  private Thing paper(double width, double height, Kind kind, Shape shape, String finish) {
    return new Thing(
        Math.hypot(width, height) / 2,
        frame -> {
          double lift = 0.03 - Card.lowest(shape, width, height);
          Art art = designer.design(kind, width, height);
          scene.add(new Card(art, shape, frame.moved(0, 0, lift), finish));
        });
  }

  Thing ticket() {
    double width = rand.between(14, 21);
    Shape shape = rand.chance(0.5) ? Shape.flat() : Shape.curl(rand, width, 8);
    return paper(width, rand.between(6.5, 9), Kind.TICKET, shape, Card.PAPER);
  }

  /** A sticker, or a sheet of them. */
  Thing label() {
    double width = rand.logBetween(3, 15);
    double height = width * rand.between(0.5, 1.4);
    Kind kind = rand.of(Kind.BARE, Kind.LABEL, Kind.LABEL, Kind.SHEET);
    String finish = rand.chance(0.35) ? Card.GLOSSY : Card.PAPER;
    return paper(width, height, kind, Shape.flat(), finish);
  }

  Thing tag() {
    double width = rand.between(4, 9);
    double height = width * rand.between(0.5, 0.8);
    return paper(width, height, Kind.TAG, Shape.flat().named("tag"), Card.PAPER);
  }

  Thing identityCard() {
    Shape shape = Shape.flat().named("plastic");
    return paper(8.6, 5.4, rand.of(Kind.TICKET, Kind.LABEL), shape, Card.GLOSSY);
  }

  Thing poster() {
    double width = rand.between(15, 45);
    String finish = rand.chance(0.4) ? Card.GLOSSY : Card.PAPER;
    Shape shape = rand.chance(0.6) ? Shape.flat() : Shape.waves(rand, width * 2, width * 2);
    return paper(width, width * rand.between(1, 1.5), Kind.POSTER, shape, finish);
  }

  Thing plate() {
    double width = rand.between(3, 9);
    double height = width * rand.between(0.5, 1);
    return paper(width, height, Kind.PLATE, Shape.flat().named("metal"), Card.METAL);
  }

  /** A receipt or a label that was crumpled and smoothed again. */
  Thing crumpled() {
    double width = rand.between(7, 15);
    double height = width * rand.between(0.8, 2);
    Shape shape = Shape.crumpled(rand, width, height, rand.between(0.6, 1.3));
    return paper(width, height, Kind.LABEL, shape, Card.PAPER);
  }

  /** A plastic bag of the post with a label on it. */
  Thing mailer() {
    double width = rand.between(20, 32);
    double height = width * rand.between(0.7, 1.3);
    Shape shape = Shape.crumpled(rand, width, height, rand.between(0.3, 0.8)).named("mailer");
    return new Thing(
        Math.hypot(width, height) / 2,
        frame -> {
          double side = Math.min(width, height) * rand.between(0.5, 0.75);
          double down = side * rand.between(0.7, 1.2);
          double x = (width - side) * rand.between(0.2, 0.8);
          double y = (height - down) * rand.between(0.2, 0.8);
          Palette ground = rand.chance(0.5) ? Palette.metal(rand) : Palette.coloured(rand);
          Rect label = new Rect(x, y, side, Math.min(down, height - y));
          Art art = designer.labelled(width, height, ground, label, Kind.LABEL);
          double lift = 0.03 - Card.lowest(shape, width, height);
          scene.add(new Card(art, shape, frame.moved(0, 0, lift), Card.FILM));
        });
  }

  /** A filled bag of sweets or crisps. */
  Thing bag() {
    double width = rand.between(10, 20);
    double height = width * rand.between(1, 1.5);
    Shape shape = Shape.bag(rand, width, height);
    return paper(width, height, Kind.PRODUCT, shape, Card.FILM);
  }

  /** A telephone, a tablet or a monitor that shines. */
  Thing screen(double width, double height) {
    return new Thing(
        Math.hypot(width, height) / 2,
        frame -> {
          double edge = rand.between(0.15, 0.9);
          Art art = designer.design(Kind.PAGE, width, height);
          String finish = Card.SCREEN.formatted(rand.between(0.55, 1.1));
          scene.add(new Card(art, Shape.flat().named("screen"), frame.moved(0, 0, 0.82), finish));
          String body =
              "box { <%.3f, %.3f, 0>, <%.3f, %.3f, 0.8> }"
                  .formatted(
                      -width / 2 - edge, -height / 2 - edge, width / 2 + edge, height / 2 + edge);
          scene.add(frame, body, textures.plastic(Textures.grey(rand.of(0.05, 0.1, 0.5, 0.85))));
        });
  }
}
