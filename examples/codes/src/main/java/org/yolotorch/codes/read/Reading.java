// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import java.util.Locale;
import org.yolotorch.codes.symbols.Content;

/**
 * A code that was found.
 *
 * @param label name of its class
 * @param confidence how sure the model is, 0 to 1
 * @param region where it is in the picture
 * @param content what it says; null if it could not be read
 */
public record Reading(String label, float confidence, Region region, Content content) {
  /** In one line: class, confidence, box, format and text. */
  String toLine() {
    double[] box = region.bounds();
    return String.format(
        Locale.ROOT,
        "%s %.2f [%.0f, %.0f, %.0f, %.0f] %s",
        label,
        confidence,
        box[0],
        box[1],
        box[2],
        box[3],
        content == null ? "not decoded" : content.toLine());
  }
}
