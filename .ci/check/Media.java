// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yolotorch.Image;
import org.yolotorch.render.VideoWriter;

/** Makes other media of a picture: {@code Media PICTURE OUT.ppm|OUT.mp4 ...}. */
class Media {
  private static final int FRAMES = 10;
  private static final int FRAMES_PER_SECOND = 10;

  public static void main(String[] args) throws IOException {
    BufferedImage picture = Image.read(Path.of(args[0])).toBufferedImage();
    for (int i = 1; i < args.length; i++) {
      if (args[i].endsWith(".ppm")) {
        writePpm(picture, Path.of(args[i]));
      } else {
        writeVideo(picture, Path.of(args[i]));
      }
    }
  }

  private static void writePpm(BufferedImage picture, Path file) throws IOException {
    int width = picture.getWidth();
    int height = picture.getHeight();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      String header = "P6 " + width + " " + height + " 255\n";
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      for (int rgb : picture.getRGB(0, 0, width, height, null, 0, width)) {
        out.write(rgb >> 16);
        out.write(rgb >> 8);
        out.write(rgb);
      }
    }
  }

  private static void writeVideo(BufferedImage picture, Path file) {
    try (VideoWriter writer =
        new VideoWriter(file, picture.getWidth(), picture.getHeight(), FRAMES_PER_SECOND)) {
      for (int i = 0; i < FRAMES; i++) {
        writer.write(picture, i * 1_000_000L / FRAMES_PER_SECOND);
      }
    }
  }
}
