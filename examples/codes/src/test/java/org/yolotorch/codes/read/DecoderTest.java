// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.codes.symbols.CodeClass;
import org.yolotorch.codes.symbols.Content;

/** Codes at known places are read. */
class DecoderTest {
  private static final String TEXT = "4006381333931";

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 45, 70, 90, 135, 180, 250})
  void barsAreReadAtAllAngles(int degrees) throws WriterException {
    Turned turned = new Turned(BarcodeFormat.EAN_13, 190, 60, degrees);
    assertEquals(TEXT, text(turned.image, turned.box(), CodeClass.BARCODE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 45, 100})
  void squaresAreReadAtAllAngles(int degrees) throws WriterException {
    Turned turned = new Turned(BarcodeFormat.QR_CODE, 84, 84, degrees);
    assertEquals(TEXT, text(turned.image, turned.box(), CodeClass.QR));
  }

  @Test
  void cornersStraightenTiltedCodes() throws WriterException {
    // The map of a picture's corners to those of a trapezoid, pixel by pixel.
    BufferedImage flat = new Turned(BarcodeFormat.DATA_MATRIX, 112, 112, 0).image;
    double[] corners = {150, 110, 330, 150, 330, 250, 150, 290};
    Homography map = Homography.ofUnitSquare(corners);
    Gray from = Gray.of(flat);
    Gray to = new Gray(480, 400);
    java.util.Arrays.fill(to.pixels(), 255);
    double[] at = new double[2];
    for (int v = 0; v < 4 * 112; v++) {
      for (int u = 0; u < 4 * 112; u++) {
        map.map((u + 0.5) / 448, (v + 0.5) / 448, at);
        int pixel = (int) at[1] * 480 + (int) at[0];
        to.pixels()[pixel] = from.at(156 + u / 4, 156 + v / 4);
      }
    }
    Content content = Decoder.decode(to, new Region(corners, true), CodeClass.DATAMATRIX);
    assertNotNull(content);
    assertEquals(TEXT, content.text());
  }

  @Test
  void aCodeOfAnotherClassIsReadAsWhatItIs() throws WriterException {
    Turned turned = new Turned(BarcodeFormat.QR_CODE, 84, 84, 10);
    Content content = Decoder.decode(Gray.of(turned.image), turned.box(), CodeClass.DATAMATRIX);
    assertEquals(new Content(BarcodeFormat.QR_CODE, TEXT), content);
    assertEquals(TEXT, text(turned.image, turned.box(), null));
  }

  @Test
  void lightCodesOnDarkAreRead() throws WriterException {
    Turned turned = new Turned(BarcodeFormat.AZTEC, 84, 84, 30);
    BufferedImage image = turned.image;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, ~image.getRGB(x, y));
      }
    }
    assertEquals(TEXT, text(image, turned.box(), CodeClass.AZTEC));
  }

  @Test
  void largeCodesAreMadeSmallerFirst() throws WriterException {
    Turned turned = new Turned(BarcodeFormat.QR_CODE, 2100, 2100, 30);
    Patch patch = Patch.of(Gray.of(turned.image), turned.box());
    assertTrue(patch.gray().width() < 2000, patch.gray().width() + " pixels");
    assertEquals(TEXT, text(turned.image, turned.box(), CodeClass.QR));
  }

  @Test
  void nothingIsReadWhereThereIsNothing() {
    BufferedImage grey = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    assertNull(text(grey, Region.upright(-5, 20, 99.5, 101), CodeClass.PDF417));
    assertNull(text(grey, Region.upright(50, 50, 50.2, 50.2), null));
  }

  private static String text(BufferedImage image, Region region, CodeClass kind) {
    Content content = Decoder.decode(Gray.of(image), region, kind);
    return content == null ? null : content.text();
  }

  /** A code in the middle of a white picture. */
  private static final class Turned {
    final BufferedImage image;
    private final double width;
    private final double height;
    private final double angle;

    Turned(BarcodeFormat format, int width, int height, int degrees) throws WriterException {
      this.width = width;
      this.height = height;
      this.angle = Math.toRadians(degrees);
      BitMatrix matrix =
          new MultiFormatWriter().encode(TEXT, format, 1, 1, Map.of(EncodeHintType.MARGIN, 0));
      BufferedImage code =
          new BufferedImage(matrix.getWidth(), matrix.getHeight(), BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < code.getHeight(); y++) {
        for (int x = 0; x < code.getWidth(); x++) {
          code.setRGB(x, y, matrix.get(x, y) ? 0x101010 : 0xF0F0F0);
        }
      }
      int side = 2 * Math.max(width, height) + 200;
      image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = image.createGraphics();
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, side, side);
      g.rotate(angle, side / 2.0, side / 2.0);
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      g.drawImage(code, (side - width) / 2, (side - height) / 2, width, height, null);
      g.dispose();
    }

    Region box() {
      double cos = Math.abs(Math.cos(angle));
      double sin = Math.abs(Math.sin(angle));
      double halfWidth = (width * cos + height * sin) / 2;
      double halfHeight = (width * sin + height * cos) / 2;
      double centre = image.getWidth() / 2.0;
      return Region.upright(
          centre - halfWidth, centre - halfHeight, centre + halfWidth, centre + halfHeight);
    }
  }
}
