// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.ArrayList;
import java.util.List;

/** Builds what is photographed: a table, a shelf, a wall, something in a hand. */
final class Rooms {
  private final Rand rand;
  private final Textures textures;
  private final ArtDesigner designer;

  Rooms(Rand rand, Textures textures, ArtDesigner designer) {
    this.rand = rand;
    this.textures = textures;
    this.designer = designer;
  }

  Scene any() {
    return switch (rand.weighted(34, 34, 16, 16)) {
      case 0 -> table();
      case 1 -> shelf();
      case 2 -> wall();
      default -> hand();
    };
  }

  /** Things that lie on a table or stand on a floor, seen from above. */
  private Scene table() {
    Scene scene = new Scene("table");
    scene.floor = 0;
    scene.anyRoll = true;
    scene.add("object { plane { y, 0 } " + textures.ground() + " }");
    Flats flats = new Flats(rand, scene, designer, textures);
    Solids solids = new Solids(rand, scene, designer, textures);
    Props props = new Props(rand, scene, textures);
    List<double[]> taken = new ArrayList<>();
    int count = rand.integer(1, 6);
    for (int i = 0; i < count; i++) {
      boolean box = rand.chance(0.28);
      Thing thing = box ? low(solids) : flats.lying();
      Vec place = place(taken, thing, i == 0 ? 0 : 8);
      double turn = rand.chance(0.6) ? rand.between(-25, 25) : rand.between(0, 360);
      if (i == 0) {
        scene.beginMain();
      }
      thing.put().at(box ? Frame.standing(place, turn) : Frame.lying(place, turn));
      if (i == 0) {
        scene.endMain();
      }
    }
    props(props, taken, rand.integer(0, 4));
    return scene;
  }

  private Thing low(Solids solids) {
    return rand.chance(0.5)
        ? solids.carton(rand.between(5, 18))
        : solids.parcel(rand.between(14, 34));
  }

  private void props(Props props, List<double[]> taken, int count) {
    for (int i = 0; i < count; i++) {
      Thing thing = props.any();
      thing.put().at(Frame.standing(place(taken, thing, 8), 0));
    }
  }

  /** A free place, the nearer to the middle the better. */
  private Vec place(List<double[]> taken, Thing thing, double from) {
    double radius = from == 0 ? 0 : from;
    double[] spot = null;
    while (spot == null) {
      double angle = rand.between(0, 2 * Math.PI);
      double[] one = {radius * Math.cos(angle), radius * Math.sin(angle), thing.radius() * 0.82};
      boolean free =
          taken.stream().allMatch(o -> Math.hypot(o[0] - one[0], o[1] - one[1]) > o[2] + one[2]);
      radius += 1.5;
      spot = free ? one : null;
    }
    taken.add(spot);
    return new Vec(spot[0], 0, spot[1]);
  }

  /** Things in a row before a wall, some of them on top of each other. */
  private Scene shelf() {
    Scene scene = new Scene("shelf");
    scene.floor = 0;
    double back = rand.between(8, 90);
    scene.wall = back;
    scene.add("object { plane { y, 0 } " + textures.ground() + " }");
    scene.add("object { plane { -z, %.2f } %s }".formatted(-back, textures.wall()));
    Solids solids = new Solids(rand, scene, designer, textures);
    Props props = new Props(rand, scene, textures);
    int count = rand.integer(1, 6);
    int main = rand.integer(0, count - 1);
    double x = 0;
    for (int i = 0; i < count; i++) {
      Thing thing = rand.chance(0.8) || i == main ? solids.standing() : props.any();
      x += thing.radius() * rand.between(0.9, 1.3);
      if (i == main) {
        scene.beginMain();
      }
      double z = Math.min(rand.between(-9, 9), back - thing.radius() * 1.1);
      thing.put().at(Frame.standing(new Vec(x, 0, z), turn()));
      if (i == main) {
        scene.endMain();
      }
      x += thing.radius() * rand.between(0.95, 1.3);
    }
    return scene;
  }

  private double turn() {
    return rand.chance(0.6) ? rand.between(-18, 18) : rand.between(-60, 60);
  }

  /** Sheets, labels and plates at a wall, a door or a machine. */
  private Scene wall() {
    Scene scene = new Scene("wall");
    scene.wall = 0;
    scene.add("object { plane { -z, 0 } " + textures.wall() + " }");
    Flats flats = new Flats(rand, scene, designer, textures);
    List<double[]> taken = new ArrayList<>();
    int count = rand.integer(1, 6);
    for (int i = 0; i < count; i++) {
      Thing thing = flats.hanging();
      Vec place = place(taken, thing, i == 0 ? 0 : 4);
      if (i == 0) {
        scene.beginMain();
      }
      double slope = rand.chance(0.7) ? rand.between(-2, 2) : 0;
      thing.put().at(Frame.standing(new Vec(place.x(), place.z(), 0), 0).rolled(slope));
      if (i == 0) {
        scene.endMain();
      }
    }
    return scene;
  }

  /** One thing in a hand, the world far behind it. */
  private Scene hand() {
    Scene scene = new Scene("hand");
    scene.far = rand.between(40, 200);
    scene.widening = rand.between(1.05, 2.2);
    scene.backdrop = textures.distant();
    Flats flats = new Flats(rand, scene, designer, textures);
    Solids solids = new Solids(rand, scene, designer, textures);
    boolean flat = rand.chance(0.65);
    Thing thing = flat ? flats.held() : rand.chance(0.5) ? low(solids) : solids.can();
    Frame frame = Frame.standing(new Vec(0, 0, 0), rand.between(-20, 20));
    scene.beginMain();
    thing.put().at(frame.leaned(rand.between(-15, 25)).rolled(rand.between(-12, 12)));
    scene.endMain();
    thumb(scene, thing.radius(), flat);
    return scene;
  }

  /** A thumb before the thing's edge, the hand beside it. */
  private void thumb(Scene scene, double radius, boolean flat) {
    String skin =
        Textures.masked(
            ("texture { pigment { %s } normal { bumps 0.1 scale 0.2 } finish { diffuse 0.7 ambient"
                    + " 0.2 specular 0.15 roughness 0.05 } }")
                .formatted(
                    rand.of(
                        "srgb <0.87, 0.68, 0.56>",
                        "srgb <0.76, 0.55, 0.43>",
                        "srgb <0.48, 0.32, 0.24>",
                        "srgb <0.93, 0.76, 0.66>")));
    double side = rand.sign();
    double edge = radius * (flat ? rand.between(0.3, 0.6) : 0.9);
    Vec tip = new Vec(side * edge * 0.85, -radius * rand.between(0.25, 0.5), flat ? -0.8 : -1);
    Vec joint = tip.plus(new Vec(side * 1.4, -2.8, 0.2));
    Vec palm = joint.plus(new Vec(side * 0.5, -4, 3.2));
    Vec wrist = palm.plus(new Vec(side * rand.between(-2, 6), -24, 9));
    scene.add(
        ("blob { threshold 0.5 cylinder { %1$s, %2$s, 1.3, 1 } cylinder { %2$s, %3$s, 1.7, 1 }"
                + " sphere { 0, 6, 1.5 scale <0.9, 1.1, 0.6> translate %3$s }"
                + " cylinder { %3$s, %4$s, 4, 1.2 } %5$s }")
            .formatted(tip, joint, palm, wrist, skin));
  }
}
