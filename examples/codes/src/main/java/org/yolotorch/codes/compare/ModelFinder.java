// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.codes.read.CodeReader;
import org.yolotorch.codes.read.Reading;

/** A model of yolotorch that tells where codes are, and ZXing on what is cut out there. */
final class ModelFinder implements CodeFinder {
  private final CodeReader reader;

  ModelFinder(CodeReader reader) {
    this.reader = reader;
  }

  @Override
  public String name() {
    return "yolotorch + ZXing";
  }

  @Override
  public List<Find> find(BufferedImage picture) {
    List<Find> finds = new ArrayList<>();
    for (Reading reading : reader.read(Image.of(picture))) {
      String text = reading.content() == null ? null : reading.content().text();
      finds.add(new Find(reading.region().corners(), text));
    }
    return finds;
  }

  @Override
  public void close() {
    reader.close();
  }
}
