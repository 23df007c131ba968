// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels of 60 x 20 pixels in a picture of 300 x 200. */
class LabelPlacesTest {
  private static final Rectangle PICTURE = new Rectangle(300, 200);
  private static final int WIDTH = 60;
  private static final int HEIGHT = 20;

  private static LabelPlaces places() {
    return new LabelPlaces(PICTURE.width, PICTURE.height, HEIGHT);
  }

  private static void assertApart(List<Rectangle> all) {
    for (int i = 0; i < all.size(); i++) {
      for (int k = 0; k < i; k++) {
        assertFalse(all.get(i).intersects(all.get(k)), all.get(i) + " and " + all.get(k));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "0, 0",
    "290, 0",
    "290, 190",
    "0, 190",
    "100, 3",
    "-50, -50",
    "1e9, 1e9",
    "-1e9, 100",
    "NaN, NaN"
  })
  void labelsAtAnyPointAreInsideAndApart(float x, float y) {
    LabelPlaces places = places();
    List<Rectangle> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Rectangle place = places.take(WIDTH, x, y);
      assertTrue(PICTURE.contains(place), place.toString());
      all.add(place);
    }
    assertApart(all);
  }

  @Test
  void firstPlaceIsAboveWhereItFitsElseBelow() {
    assertEquals(new Rectangle(50, 80, WIDTH, HEIGHT), places().take(WIDTH, 50, 100));
    assertEquals(new Rectangle(50, 3, WIDTH, HEIGHT), places().take(WIDTH, 50, 3));
  }

  @Test
  void takenPlacesArePassedByTheShortestWay() {
    LabelPlaces places = places();
    Rectangle first = places.take(WIDTH, 100, 100);
    assertEquals(new Rectangle(100, 100, WIDTH, HEIGHT), places.take(WIDTH, 100, 100));
    Rectangle partly = places.take(WIDTH, 130, 95);
    assertFalse(partly.intersects(first));
    assertTrue(Math.abs(partly.y - 75) <= 2 * HEIGHT, partly.toString());
    // One that is free stays where it belongs.
    assertEquals(new Rectangle(10, 10, WIDTH, HEIGHT), places.take(WIDTH, 10, 30));
  }

  @Test
  void aFullPictureKeepsTheFirstPlace() {
    LabelPlaces places = new LabelPlaces(70, 50, HEIGHT);
    List<Rectangle> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(places.take(WIDTH, 5, 25));
    }
    assertApart(all.subList(0, 2));
    assertEquals(all.get(0), all.get(3));
  }

  @Test
  void oneLargerThanThePictureBeginsInside() {
    assertEquals(new Rectangle(0, 0, 500, HEIGHT), places().take(500, 100, 20));
    Rectangle high = new LabelPlaces(300, 10, HEIGHT).take(WIDTH, 0, 5);
    assertEquals(0, high.y);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aCrowdIsApart(int seed) {
    LabelPlaces places = new LabelPlaces(1920, 1080, HEIGHT);
    Random random = new Random(seed);
    List<Rectangle> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(places.take(WIDTH + i % 30, random.nextFloat() * 1900, random.nextFloat() * 1060));
    }
    assertApart(all);
  }
}
