// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The same pixels for every peer. */
public final class Inputs {
  /** Height and width of the input of networks that do not tell it. */
  static final int SIDE = 640;

  private static final Color GREY = new Color(114, 114, 114);

  private Inputs() {}

  /** The photos of the assets, in a fixed order. */
  public static List<Path> files(Path assets) throws IOException, Unavailable {
    List<Path> files = in(assets, "images");
    files.addAll(in(assets, "images/coco128"));
    if (files.isEmpty()) {
      throw new Unavailable("there are no pictures (images/*.jpg) in " + assets);
    }
    // Files.list puts boats.jpg first; this one is full of objects.
    Path bus = assets.resolve("images/bus.jpg");
    if (files.remove(bus)) {
      files.add(0, bus);
    }
    return files;
  }

  private static List<Path> in(Path assets, String folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Path path = assets.resolve(folder);
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        entries.filter(file -> file.toString().endsWith(".jpg")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /** As many pictures as the batch has, of exactly this size: RGB bytes, row by row. */
  public static List<byte[]> pixels(Job job, int height, int width)
      throws IOException, Unavailable {
    // A model of another data set finds its objects in pictures of its own name.
    List<Path> files = in(job.assets(), "images/" + job.model());
    if (files.isEmpty()) {
      files = files(job.assets());
    }
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < job.batch(); i++) {
      pictures.add(fit(ImageIO.read(files.get(i % files.size()).toFile()), height, width));
    }
    return pictures;
  }

  /**
   * The same as what a network takes: (batch, 3, {@value #SIDE}, {@value #SIDE}), 0 to 1, in direct
   * memory.
   */
  static FloatBuffer tensor(Job job) throws IOException, Unavailable {
    FloatBuffer tensor =
        ByteBuffer.allocateDirect(job.batch() * 3 * SIDE * SIDE * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (byte[] picture : pixels(job, SIDE, SIDE)) {
      for (int channel = 0; channel < 3; channel++) {
        for (int i = channel; i < picture.length; i += 3) {
          tensor.put((picture[i] & 0xff) / 255F);
        }
      }
    }
    return tensor.rewind();
  }

  /** Scales a picture into the middle of a grey one. */
  private static byte[] fit(BufferedImage image, int height, int width) {
    double scale = Math.min((double) height / image.getHeight(), (double) width / image.getWidth());
    int w = (int) Math.round(image.getWidth() * scale);
    int h = (int) Math.round(image.getHeight() * scale);
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setColor(GREY);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, (width - w) / 2, (height - h) / 2, w, h, null);
    graphics.dispose();
    byte[] rgb = new byte[width * height * 3];
    int to = 0;
    for (int pixel : canvas.getRGB(0, 0, width, height, null, 0, width)) {
      rgb[to++] = (byte) (pixel >> 16);
      rgb[to++] = (byte) (pixel >> 8);
      rgb[to++] = (byte) pixel;
    }
    return rgb;
  }
}
