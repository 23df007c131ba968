// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.ArrayList;
import java.util.List;

/** What stands before the camera. */
final class Scene {
  private static final String HEADER =
      """
      #version 3.7;
      #ifndef (MASK) #declare MASK = 0; #end
      #declare Flat = finish { ambient 0 diffuse 0 emission 1 }
      #default { finish { ambient 0.2 diffuse 0.72 } }
      #include "colors.inc"
      #include "woods.inc"
      #include "stones1.inc"
      """;

  final String name;
  final List<Card> cards = new ArrayList<>();

  /** The camera's height at least. */
  double floor = -1e9;

  /** The camera's z at most. */
  double wall = 1e9;

  /** Whether there is no upward direction for the photographer. */
  boolean anyRoll;

  /** Index of the first card that the camera may look at, and how many there are of these. */
  int firstMain;

  int mains;

  /** Texture of what is far behind all else, or null; and how far behind. */
  String backdrop;

  double far;

  /** How much larger than the picture what is far behind is. */
  double widening;

  private final StringBuilder solids = new StringBuilder();

  Scene(String name) {
    this.name = name;
  }

  void add(Card card) {
    cards.add(card);
  }

  /** Adds an object in POV-Ray's language. */
  void add(String object) {
    solids.append(object).append('\n');
  }

  /** Adds a shape described in the axes of a frame. */
  void add(Frame frame, String shape, String texture) {
    add("object { " + shape + " " + texture + " " + frame.matrix() + " }");
  }

  /** Marks what comes from here on as what the camera looks at. */
  void beginMain() {
    firstMain = cards.size();
  }

  void endMain() {
    mains = cards.size() - firstMain;
  }

  /** The whole file. */
  String text(View view, Lamps lamps) {
    StringBuilder text = new StringBuilder(HEADER).append(view.text());
    text.append(lamps.text(this, view)).append(solids);
    if (backdrop != null) {
      text.append(view.backdrop(backdrop, far, widening));
    }
    for (int i = 0; i < cards.size(); i++) {
      cards.get(i).write(text, i);
    }
    return text.toString();
  }
}
