// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelNumberTest {
  /** The right column is what C prints for "%g". */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "1, 1",
    "0.1, 0.1",
    "0.123456789, 0.123457",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "0.000012345678, 1.23457e-05",
    "123456, 123456",
    "1234567, 1.23457e+06",
    "999999.5, 1e+06",
    "0.9999999, 1",
    "0.000099999999, 0.0001",
    "100, 100",
    "-0.25, -0.25",
    "-1.5e-7, -1.5e-07",
    "1e100, 1e+100",
    "0.0000005, 5e-07",
    "0.1000005, 0.100001",
    "0.5000005, 0.5",
    "0.15625, 0.15625",
    "2.5, 2.5",
    "NaN, nan",
    "Infinity, inf"
  })
  void formatsAsC(double value, String expected) {
    assertEquals(expected, LabelNumber.format(value));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "0.3, 0.3", "0.7, 0.7", "0.87654321, 0.876543"})
  void singlePrecisionIsRoundedNotPadded(float value, String expected) {
    assertEquals(expected, LabelNumber.format(value));
  }
}
