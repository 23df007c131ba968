// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.WholeFile;

/** Writes pictures to files. Stateless and thread-safe. */
public final class PictureFile {
  private static final float JPEG_QUALITY = 0.95f;
  private static final String JPEG_TREE = "javax_imageio_jpeg_image_1.0";

  private static final Map<String, String> FORMATS =
      Map.of(
          ".jpg", "jpeg", ".jpeg", "jpeg", ".png", "png", ".bmp", "bmp", ".tif", "tiff", ".tiff",
          "tiff");

  private PictureFile() {}

  /**
   * Checks the name of a file to be written.
   *
   * @throws YoloException.InvalidArgument if it does not end as {@link #write} knows it
   */
  public static void check(Path file) {
    format(Checks.given("file", file));
  }

  /** How ImageIO calls what the name of a file ends with. */
  private static String format(Path file) {
    String name = file.getFileName() == null ? "" : PathText.nameOf(file);
    int dot = name.lastIndexOf('.');
    String suffix = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    String format = FORMATS.get(suffix);
    if (format == null) {
      throw new YoloException.InvalidArgument(
          "A picture is written as .jpg, .jpeg, .png, .bmp, .tif or .tiff, but '"
              + file
              + "' ends "
              + (suffix.isEmpty() ? "with no suffix" : "with " + suffix)
              + "; choose one of these.");
    }
    return format;
  }

  /**
   * Writes a picture as the kind that the name ends with: JPEG of quality 95, PNG, BMP or TIFF. The
   * folder is made if there is none; the file appears whole or not at all.
   *
   * @param picture pixels without alpha
   * @throws YoloException.InvalidArgument if the name ends otherwise
   * @throws YoloException.WriteFailed if it cannot be written
   */
  public static void write(BufferedImage picture, Path file) {
    write(picture, file, false);
  }

  /**
   * As {@link #write(BufferedImage, Path)}.
   *
   * @param fullColour whether a JPEG keeps the colour of every pixel (4:4:4) and not of every
   *     second one, as small pictures need it
   */
  public static void write(BufferedImage picture, Path file, boolean fullColour) {
    String format = format(file);
    try {
      WholeFile.write(file, part -> encode(picture, part, format, fullColour));
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "A picture must be written to '"
              + file
              + "', but that failed ("
              + WholeFile.reason(e)
              + "); free some space or choose another folder.",
          e);
    }
  }

  private static void encode(BufferedImage picture, Path file, String format, boolean fullColour)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    Files.deleteIfExists(file);
    try (OutputStream out = Files.newOutputStream(file);
        ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      IIOMetadata facts = null;
      if (format.equals("jpeg")) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(JPEG_QUALITY);
        facts = fullColour ? fullColour(writer, picture, settings) : null;
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, facts), settings);
    } finally {
      writer.dispose();
    }
  }

  /** Every component is sampled as often as every other. */
  private static IIOMetadata fullColour(
      ImageWriter writer, BufferedImage picture, ImageWriteParam settings)
      throws IIOInvalidTreeException {
    IIOMetadata facts = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), settings);
    IIOMetadataNode tree = (IIOMetadataNode) facts.getAsTree(JPEG_TREE);
    NodeList components = tree.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      Element component = (Element) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    facts.setFromTree(JPEG_TREE, tree);
    return facts;
  }
}
