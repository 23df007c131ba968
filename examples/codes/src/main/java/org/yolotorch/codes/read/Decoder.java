// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.Result;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Content;

/**
 * Reads a code whose place is known: cuts it out in several ways, cheap and likely ones first,
 * until ZXing reads one of them.
 */
public final class Decoder {
  /** All formats of all classes. */
  public static final Set<BarcodeFormat> ALL = all();

  /**
   * A way to cut a code out.
   *
   * @param cut makes the pixels
   * @param global whether one threshold is for all pixels, not one for each neighbourhood
   * @param inverted whether dark is made light; ZXing does that itself for all but linear codes
   */
  record Attempt(Function<Patch, Gray> cut, boolean global, boolean inverted) {
    Attempt(Function<Patch, Gray> cut, boolean global) {
      this(cut, global, false);
    }
  }

  private Decoder() {}

  private static Set<BarcodeFormat> all() {
    Set<BarcodeFormat> all = EnumSet.noneOf(BarcodeFormat.class);
    for (CodeClass kind : CodeClass.values()) {
      all.addAll(kind.formats());
    }
    return all;
  }

  /** The options that ZXing reads with, also those of what it is compared with. */
  public static Map<DecodeHintType, Object> hints(Set<BarcodeFormat> formats) {
    return Map.of(
        DecodeHintType.POSSIBLE_FORMATS,
        List.copyOf(formats),
        DecodeHintType.TRY_HARDER,
        true,
        DecodeHintType.ALSO_INVERTED,
        true,
        DecodeHintType.RETURN_CODABAR_START_END,
        true);
  }

  /**
   * What a code says; null if it cannot be read.
   *
   * @param kind what it is taken for; null if nothing is known
   */
  static Content decode(Gray picture, Region region, CodeClass kind) {
    Patch patch = Patch.of(picture, region);
    boolean bars = kind == CodeClass.BARCODE || kind == CodeClass.PDF417;
    double angle = patch.angle(bars);
    List<Attempt> attempts = attempts(patch.region().turned(angle), angle, kind, region.fitting());
    for (Attempt attempt : attempts) {
      Content content = read(attempt, patch, kind == null ? ALL : kind.formats());
      if (content != null) {
        return content;
      }
    }
    return kind == null ? null : read(attempts.get(0), patch, ALL);
  }

  private static List<Attempt> attempts(
      Region turned, double angle, CodeClass kind, boolean fitting) {
    List<Attempt> attempts = new ArrayList<>();
    if (fitting) {
      attempts.add(new Attempt(patch -> patch.cut(patch.region(), 2, 0.1), false));
      attempts.add(new Attempt(patch -> patch.cut(patch.region(), 3, 0.1), true));
    }
    attempts.add(new Attempt(patch -> patch.cut(turned, 2, 0.05), false));
    attempts.add(new Attempt(patch -> patch.cut(bounds(patch), 2, 0.08), false));
    attempts.add(new Attempt(patch -> patch.cut(turned, 3, 0.1), false));
    if (kind == null || kind == CodeClass.BARCODE) {
      attempts.add(new Attempt(patch -> patch.cut(turned, 2, 0.05), false, true));
    }
    if (kind == CodeClass.BARCODE) {
      attempts.add(
          new Attempt(patch -> patch.cut(turned, 4, 0.05).blurred(0, 8).sharpened(4, 1.5f), false));
    } else {
      attempts.add(new Attempt(patch -> patch.cut(patch.region().square(angle), 3, 0.03), true));
      attempts.add(new Attempt(patch -> patch.cut(turned, 3, 0.05), true));
    }
    return attempts;
  }

  private static Region bounds(Patch patch) {
    double[] box = patch.region().bounds();
    return Region.upright(box[0], box[1], box[2], box[3]);
  }

  private static Content read(Attempt attempt, Patch patch, Set<BarcodeFormat> formats) {
    LuminanceSource straight = attempt.cut().apply(patch).source();
    LuminanceSource source = attempt.inverted() ? straight.invert() : straight;
    BinaryBitmap bitmap =
        new BinaryBitmap(
            attempt.global() ? new GlobalHistogramBinarizer(source) : new HybridBinarizer(source));
    try {
      Result result = new MultiFormatReader().decode(bitmap, hints(formats));
      return new Content(result.getBarcodeFormat(), result.getText());
    } catch (NotFoundException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // What is no symbol may lead a decoder beyond its tables.
      return null;
    }
  }
}
