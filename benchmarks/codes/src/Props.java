// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/** Things without codes that stand or lie about. */
final class Props {
  private final Rand rand;
  private final Scene scene;
  private final Textures textures;

  Props(Rand rand, Scene scene, Textures textures) {
    this.rand = rand;
    this.scene = scene;
    this.textures = textures;
  }

  /** Something on a table; its frame stands. */
  Thing any() {
    return switch (rand.integer(0, 7)) {
      case 0 -> mug();
      case 1 -> pen();
      case 2 -> ball();
      case 3 -> ruler();
      case 4 -> keyboard();
      case 5 -> books();
      case 6 -> coins();
      default -> grille();
    };
  }

  private String plastic() {
    return textures.plastic(textures.colour(rand.between(0.08, 0.85)));
  }

  Thing mug() {
    return new Thing(
        5,
        frame ->
            scene.add(
                frame.yawed(rand.between(0, 360)),
                "union { difference { cylinder { 0, y*9, 4 } cylinder { y*0.5, y*9.1, 3.6 } }"
                    + " torus { 2.4, 0.5 rotate x*90 translate <4.2, 4.5, 0> } }",
                plastic()));
  }

  Thing pen() {
    return new Thing(
        3,
        frame ->
            scene.add(
                frame.yawed(rand.between(0, 360)).moved(0, 0.45, 0),
                "union { cylinder { x*-7, x*6, 0.42 } cone { x*6, 0.42, x*7.4, 0.06 }"
                    + " box { <-6.5, 0.4, -0.15>, <-2, 0.6, 0.15> } }",
                plastic()));
  }

  Thing ball() {
    double radius = rand.between(1.5, 5);
    return new Thing(
        radius,
        frame ->
            scene.add(
                frame.moved(0, radius, 0), "sphere { 0, %.2f }".formatted(radius), plastic()));
  }

  Thing ruler() {
    return new Thing(
        5,
        frame -> {
          Frame turned = frame.yawed(rand.between(0, 360));
          StringBuilder marks = new StringBuilder("union { ");
          for (int i = 0; i < 60; i++) {
            double x = -9 + i * 0.3;
            double length = i % 10 == 0 ? 1.2 : i % 5 == 0 ? 0.9 : 0.6;
            marks.append(
                "box { <%.2f, 0.2, 0>, <%.2f, 0.22, %.2f> } ".formatted(x, x + 0.06, length));
          }
          scene.add(turned, "box { <-9.5, 0.02, -2>, <9.5, 0.2, 1.4> }", plastic());
          scene.add(turned, marks.append("}").toString(), Textures.matt("rgb 0.05"));
        });
  }

  Thing keyboard() {
    return new Thing(
        12,
        frame -> {
          Frame turned = frame.yawed(rand.between(-40, 40));
          StringBuilder keys = new StringBuilder("union { ");
          for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 14; column++) {
              double x = -13.3 + column * 1.9 + row % 2 * 0.5;
              double z = 4 - row * 1.9;
              keys.append(
                  "box { <%.2f, 1, %.2f>, <%.2f, 1.5, %.2f> } ".formatted(x, z - 1.6, x + 1.6, z));
            }
          }
          String one = textures.plastic(Textures.grey(rand.of(0.06, 0.7)));
          String two = textures.plastic(Textures.grey(rand.of(0.1, 0.8)));
          scene.add(turned, "box { <-14.5, 0, -6>, <14.5, 1.1, 5> }", one);
          scene.add(turned, keys.append("}").toString(), two);
        });
  }

  Thing books() {
    return new Thing(
        9,
        frame -> {
          double y = 0;
          for (int i = rand.integer(1, 4); i > 0; i--) {
            double high = rand.between(1, 4);
            Frame turned = frame.yawed(rand.between(-15, 15)).moved(0, y, 0);
            scene.add(
                turned,
                "box { <-6, 0.2, -8>, <6, %.2f, 8> }".formatted(high - 0.2),
                Textures.matt("rgb <0.9, 0.88, 0.8>"));
            String covers =
                ("union { box { <-6.2, 0, -8.3>, <6.2, 0.2, 8.3> } box { <-6.2, %.2f, -8.3>, <6.2,"
                        + " %.2f, 8.3> } box { <-6.3, 0, -8.3>, <-6.1, %2$.2f, 8.3> } }")
                    .formatted(high - 0.2, high);
            scene.add(turned, covers, plastic());
            y += high;
          }
        });
  }

  Thing coins() {
    return new Thing(
        4,
        frame -> {
          for (int i = rand.integer(2, 6); i > 0; i--) {
            Frame place = frame.moved(rand.between(-3, 3), 0.02 + i * 0.002, rand.between(-3, 3));
            String shape = "cylinder { 0, y*0.2, %.2f }".formatted(rand.between(0.8, 1.3));
            scene.add(place, shape, textures.metal());
          }
        });
  }

  /** Dark slots side by side, as of a fan or a radiator: bars that are no code. */
  Thing grille() {
    return new Thing(
        6,
        frame -> {
          Frame turned = frame.yawed(rand.between(-50, 50));
          StringBuilder slots = new StringBuilder("union { ");
          int count = rand.integer(6, 14);
          for (int i = 0; i < count; i++) {
            double x = -5 + 10.0 * i / count;
            slots.append("box { <%.2f, 1, 2.5>, <%.2f, 6, 2.56> } ".formatted(x, x + 4.5 / count));
          }
          scene.add(turned, "box { <-6, 0, -2>, <6, 7, 2.52> }", plastic());
          scene.add(turned, slots.append("}").toString(), Textures.matt("rgb 0.03"));
        });
  }
}
