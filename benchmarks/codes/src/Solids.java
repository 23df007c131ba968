// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import org.yolotorch.benchmarks.codes.ArtDesigner.Kind;

/** Boxes, cans, bottles and cups that stand, with codes on them. */
final class Solids {
  private final Rand rand;
  private final Scene scene;
  private final ArtDesigner designer;
  private final Textures textures;

  Solids(Rand rand, Scene scene, ArtDesigner designer, Textures textures) {
    this.rand = rand;
    this.scene = scene;
    this.designer = designer;
    this.textures = textures;
  }

  /** Something that stands on a table or in a shelf. */
  Thing standing() {
    return switch (rand.weighted(22, 22, 22, 20, 8, 6)) {
      case 0 -> carton(rand.between(5, 22));
      case 1 -> parcel(rand.between(14, 36));
      case 2 -> can();
      case 3 -> bottle();
      case 4 -> cup();
      default -> monitor();
    };
  }

  /** A printed package: pictures on all sides that can be seen. */
  Thing carton(double width) {
    double height = width * rand.between(0.5, 1.6);
    double depth = width * rand.between(0.3, 1);
    return new Thing(
        Math.hypot(width, depth) / 2,
        frame -> {
          Palette palette = rand.chance(0.7) ? Palette.coloured(rand) : Palette.white(rand);
          String finish = rand.chance(0.5) ? Card.GLOSSY : Card.PAPER;
          box(frame, width, height, depth, Textures.matt(Textures.hex(palette.paper())));
          Shape shape = Shape.flat().named("carton");
          for (int side = 0; side < 4; side++) {
            double wide = side == 2 ? depth : side == 3 ? depth : width;
            double high = side == 1 ? depth : height;
            Art art = designer.design(Kind.PRODUCT, wide - 0.02, high - 0.02, palette);
            scene.add(new Card(art, shape, face(frame, side, width, height, depth), finish));
          }
        });
  }

  /** A box of cardboard with labels and printed signs. */
  Thing parcel(double width) {
    double height = width * rand.between(0.4, 1.1);
    double depth = width * rand.between(0.5, 1);
    return new Thing(
        Math.hypot(width, depth) / 2,
        frame -> {
          Palette palette = Palette.cardboard(rand);
          String pigment = Textures.hex(palette.paper());
          String board =
              ("texture { pigment { %s } normal { gradient x 0.12 sine_wave scale 0.5 } finish {"
                      + " diffuse 0.8 ambient 0.22 } }")
                  .formatted(pigment);
          box(frame, width, height, depth, Textures.masked(board));
          tape(frame, width, height, depth);
          for (int side = 0; side < 4; side++) {
            if (rand.chance(side < 2 ? 0.85 : 0.5)) {
              parcelSide(
                  face(frame, side, width, height, depth),
                  palette,
                  side < 2 ? width : depth,
                  side == 1 ? depth : height);
            }
          }
        });
  }

  private void parcelSide(Frame face, Palette palette, double wide, double high) {
    Shape shape = Shape.flat().named("parcel");
    if (rand.chance(0.3)) {
      Art printed = designer.design(Kind.PLATE, wide * 0.98, high * 0.98, palette);
      scene.add(new Card(printed, shape, face, Card.PAPER));
      return;
    }
    double width = Math.min(wide * rand.between(0.35, 0.75), 16);
    double height = Math.min(high * 0.9, width * rand.between(0.6, 1.5));
    Frame place =
        face.moved(
                (wide - width) * rand.between(-0.42, 0.42),
                (high - height) * rand.between(-0.42, 0.42),
                0.02)
            .rolled(rand.chance(0.7) ? rand.between(-3, 3) : 0);
    Art art = designer.design(rand.chance(0.8) ? Kind.LABEL : Kind.BARE, width, height);
    scene.add(new Card(art, shape, place, rand.chance(0.25) ? Card.GLOSSY : Card.PAPER));
  }

  private void tape(Frame frame, double width, double height, double depth) {
    if (rand.chance(0.7)) {
      double wide = 2.4;
      String strip =
          "box { <%.3f, %.3f, %.3f>, <%.3f, %.3f, %.3f> }"
              .formatted(
                  -width / 2 - 0.01, height - 3, -wide, width / 2 + 0.01, height + 0.01, wide);
      scene.add(frame, strip, textures.plastic(rand.of("srgb <0.72, 0.55, 0.32>", "srgb 0.8")));
    }
    scene.add(
        frame,
        "box { <%.3f, %.3f, -0.08>, <%.3f, %.3f, 0.08> }"
            .formatted(-width / 2, height - 0.1, width / 2, height + 0.004),
        Textures.matt("rgb 0.1"));
  }

  private void box(Frame frame, double width, double height, double depth, String texture) {
    String shape =
        "box { <%.3f, 0, %.3f>, <%.3f, %.3f, %.3f> }"
            .formatted(-width / 2, -depth / 2, width / 2, height, depth / 2);
    scene.add(frame, shape, texture);
  }

  /** The front, the top, the left side or the right side of a box. */
  private static Frame face(Frame frame, int side, double width, double height, double depth) {
    return switch (side) {
      case 0 -> frame.moved(0, height / 2, depth / 2 + 0.02);
      case 1 -> frame.moved(0, height + 0.02, 0).leaned(90);
      case 2 -> frame.yawed(90).moved(0, height / 2, width / 2 + 0.02);
      default -> frame.yawed(-90).moved(0, height / 2, width / 2 + 0.02);
    };
  }

  Thing can() {
    double radius = rand.between(2.6, 6);
    double height = radius * rand.between(1.6, 3.6);
    return new Thing(
        radius,
        frame -> {
          scene.add(
              frame,
              ("union { cylinder { 0, <0, %2$.3f, 0>, %1$.3f } cylinder { 0, y*0.25, %3$.3f }"
                      + " cylinder { <0, %4$.3f, 0>, <0, %2$.3f, 0>, %3$.3f } }")
                  .formatted(radius - 0.02, height, radius + 0.08, height - 0.25),
              textures.metal());
          wrap(
              frame.moved(0, height / 2, 0),
              radius,
              height * 0.92,
              0,
              rand.of(Card.PAPER, Card.GLOSSY, Card.GLOSSY));
        });
  }

  Thing bottle() {
    double radius = rand.between(2.4, 5);
    double height = radius * rand.between(4, 6);
    return new Thing(
        radius,
        frame -> {
          double neck = radius * rand.between(0.28, 0.45);
          double shoulder = height * rand.between(0.56, 0.66);
          String body =
              ("union { cylinder { 0, <0, %2$.3f, 0>, %1$.3f }"
                      + " sphere { 0, %1$.3f scale <1, %5$.3f, 1> translate y*%2$.3f }"
                      + " cone { <0, %6$.3f, 0>, %7$.3f, <0, %4$.3f, 0>, %3$.3f } }")
                  .formatted(
                      radius,
                      shoulder,
                      neck,
                      height,
                      (height - shoulder) * 0.6 / radius,
                      shoulder + (height - shoulder) * 0.3,
                      (neck + radius) * 0.5);
          scene.add(frame, body, textures.plastic(textures.colour(rand.between(0.05, 0.8))));
          scene.add(
              frame,
              "cylinder { <0, %.3f, 0>, <0, %.3f, 0>, %.3f }"
                  .formatted(height * 0.93, height + 0.4, neck + 0.15),
              textures.plastic(textures.colour(0.6)));
          wrap(frame.moved(0, height * 0.31, 0), radius + 0.02, height * 0.42, 0, Card.GLOSSY);
        });
  }

  Thing cup() {
    double radius = rand.between(3, 4.5);
    double height = radius * rand.between(2, 3);
    double widening = rand.between(0.06, 0.14);
    return new Thing(
        radius * 1.2,
        frame -> {
          scene.add(
              frame,
              ("union { cone { 0, %.3f, <0, %.3f, 0>, %.3f } cylinder { <0, %4$.3f, 0>, <0, %5$.3f,"
                      + " 0>, %3$.3f } }")
                  .formatted(
                      radius - widening * height / 2 - 0.03,
                      height,
                      radius + widening * height / 2 - 0.03,
                      height,
                      height + 0.6),
              textures.plastic(Textures.grey(rand.of(0.1, 0.85))));
          wrap(frame.moved(0, height / 2, 0), radius, height * 0.9, widening, Card.PAPER);
        });
  }

  /** A label around a round thing; it begins where the maker glued it. */
  private void wrap(Frame axis, double radius, double height, double widening, String finish) {
    double width = 2 * Math.PI * radius * rand.of(0.3, 0.45, 0.6, 0.95);
    Shape shape = widening == 0 ? Shape.cylinder(radius) : Shape.cone(radius, widening);
    Kind kind = rand.chance(0.8) ? Kind.PRODUCT : Kind.LABEL;
    Art art = designer.design(kind, width, height);
    double turn = 0;
    if (!art.symbols.isEmpty()) {
      Rect outline = rand.of(art.symbols).outline();
      double middle = outline.x() + outline.width() / 2 - width / 2;
      turn = Math.toDegrees(middle / radius) + rand.between(-25, 25);
    }
    scene.add(new Card(art, shape, axis.yawed(turn), finish));
  }

  Thing monitor() {
    double width = rand.between(28, 52);
    double height = width * 0.58;
    return new Thing(
        width / 2,
        frame -> {
          Frame middle = frame.moved(0, height / 2 + 6, 0).leaned(rand.between(0, 10));
          new Flats(rand, scene, designer, textures).screen(width, height).put().at(middle);
          scene.add(
              frame,
              "union { cylinder { 0, <0, 0.8, 0>, 8 } box { <-1.5, 0, -2>, <1.5, 10, -1> } }",
              textures.plastic(Textures.grey(0.15)));
        });
  }
}
