// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import java.awt.image.BufferedImage;
import java.util.List;

/** What finds and reads codes; others than those of this package are services. */
public interface CodeFinder extends AutoCloseable {
  /** Its name in the table. */
  String name();

  /**
   * The codes in a picture.
   *
   * @param picture of type 3BYTE_BGR
   */
  List<Find> find(BufferedImage picture);

  @Override
  default void close() {}
}
