// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.camera;

import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.picture.Draws;

/** Random poses of cards. */
public final class Poses {
  private Poses() {}

  /**
   * A pose at scale 1.
   *
   * @param mostTilt most that it is tilted, in degrees
   * @param bendable whether it may be bent
   */
  public static Pose draw(
      Camera camera, double mostTilt, Card card, boolean bendable, Draws draws) {
    double reach = Math.hypot(card.width, card.height);
    double turn = draws.chance(0.5) ? draws.normal() * 0.15 : draws.in(-Math.PI, Math.PI);
    if (draws.chance(0.15)) {
      turn += Math.PI / 2 * draws.below(4);
    }
    if (camera.isScanner()) {
      return Pose.of(turn, 0, 0, 10 * reach, Pose.Bend.NONE, 1);
    }
    double tilt = Math.toRadians(mostTilt) * Math.pow(draws.unit(), 1.6);
    double distance = reach * draws.logIn(1.05, 6);
    boolean bent = bendable && draws.chance(0.15);
    Pose.Bend bend =
        !bent ? Pose.Bend.NONE : draws.chance(0.6) ? Pose.Bend.ALONG_X : Pose.Bend.ALONG_Y;
    double half = (bend == Pose.Bend.ALONG_X ? card.width : card.height) * 0.6;
    double radius = half / draws.in(0.2, 1);
    if (bent) {
      tilt *= 0.5;
    }
    return Pose.of(turn, tilt, draws.in(0, 2 * Math.PI), distance, bend, radius);
  }
}
