// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.ArrayList;
import java.util.List;

/** Linear symbologies, among them some that ZXing does not write. */
final class LinearKinds {
  private static final String[] NAMES = {
    "ean13",
    "ean8",
    "upca",
    "upce",
    "code39",
    "code93",
    "code128",
    "gs1-128",
    "itf",
    "codabar",
    "ean13-addon",
    "msi",
    "databar"
  };
  private static final double[] WEIGHTS = {18, 6, 8, 5, 11, 6, 20, 6, 9, 5, 2, 2, 4};

  private final Rand rand;

  LinearKinds(Rand rand) {
    this.rand = rand;
  }

  Symbol write(SymbolWriter writer) {
    String name = NAMES[rand.weighted(WEIGHTS)];
    return switch (name) {
      case "ean13" -> zint(writer, name, "EANX", Payloads.digits(rand, 12, 12));
      case "ean8" -> zint(writer, name, "EANX", Payloads.digits(rand, 7, 7));
      case "upca" -> zint(writer, name, "UPCA", Payloads.digits(rand, 11, 11));
      case "upce" -> zint(writer, name, "UPCE", rand.of("0", "1") + upce());
      case "code39" -> zint(writer, name, "CODE39", Payloads.capitals(rand, 4, 14));
      case "code93" -> zint(writer, name, "CODE93", Payloads.capitals(rand, 4, 18));
      case "code128" -> zint(writer, name, "CODE128", code128());
      case "gs1-128" -> zint(writer, name, "GS1_128", Payloads.gs1(rand));
      case "itf" -> zint(writer, name, "C25INTER", Payloads.digits(rand, 6, 16));
      case "codabar" ->
          zint(writer, name, "CODABAR", rand.of("A", "B") + Payloads.digits(rand, 5, 14) + "C");
      case "ean13-addon" ->
          zint(writer, name, "EANX", "97" + Payloads.digits(rand, 10, 10) + "+" + addOn());
      case "msi" -> zint(writer, name, "MSI_PLESSEY", Payloads.digits(rand, 5, 12));
      default -> zint(writer, name, "DBAR_OMN", Payloads.tradeItem(rand).substring(0, 13));
    };
  }

  private String code128() {
    return rand.chance(0.5) ? Payloads.digits(rand, 6, 20) : Payloads.capitals(rand, 5, 18);
  }

  /** Zeros in some places stand for another number. */
  private String upce() {
    return rand.text("3456789", 5) + Payloads.digits(rand, 1, 1);
  }

  private String addOn() {
    return rand.chance(0.5) ? Payloads.digits(rand, 2, 2) : Payloads.digits(rand, 5, 5);
  }

  private Symbol zint(SymbolWriter writer, String name, String barcode, String text) {
    List<String> options = new ArrayList<>();
    if (!name.equals("databar")) {
      options.add("--height=" + rand.integer(18, 75));
    }
    if (rand.chance(0.25)) {
      options.add("--notext");
    } else if (rand.chance(0.3)) {
      options.add(rand.of("--bold", "--small"));
    }
    return writer.zint(Symbol.BARCODE, name, barcode, text, options.toArray(new String[0]));
  }
}
