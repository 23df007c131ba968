// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.Source;
import org.yolotorch.VideoFrame;
import org.yolotorch.YoloException;
import org.yolotorch.render.Clips;

class VideoSourceTest {
  @TempDir Path folder;

  private static List<Frame> frames(Path file, int stride) {
    List<Frame> frames = new ArrayList<>();
    SourceOptions options = SourceOptions.builder().vidStride(stride).build();
    try (Source source = Sources.open(file.toString(), options)) {
      assertTrue(source.size().isEmpty());
      assertEquals(1, source.items());
      for (Frame frame : source) {
        assertEquals(frames.size(), frame.index());
        assertEquals(0, frame.item());
        assertEquals(file.toString(), frame.name());
        frames.add(frame);
      }
    }
    return frames;
  }

  /** Left edge of the bright square in the upper row. */
  private static int squareAt(Image image) {
    BufferedImage picture = image.toBufferedImage();
    for (int x = 0; x < picture.getWidth(); x++) {
      if ((picture.getRGB(x, 2) & 0xFF) > 128) {
        return x;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @CsvSource({"mp4", "mov", "avi", "mkv", "webm", "mpg", "ts", "wmv"})
  void everyContainerGivesEveryFrame(String suffix) {
    Path file = Clips.clip(folder.resolve("a." + suffix), 30, 160, 96, 25);
    List<Frame> frames = frames(file, 1);
    assertEquals(30, frames.size());
    for (int i = 0; i < 30; i++) {
      VideoFrame at = frames.get(i).video().orElseThrow();
      assertEquals(i + 1, at.number());
      assertEquals(i * 40_000L, at.micros(), 1_000, suffix);
      Image image = frames.get(i).read();
      assertEquals(160, image.width());
      assertEquals(96, image.height());
      assertEquals(i * 8 % (160 - 24), squareAt(image), 3, suffix + " frame " + i);
    }
  }

  @Test
  void framesThatAreNotEvenlySpacedKeepTheirTimes() {
    long[] times = {0, 40_000, 50_000, 250_000, 1_000_000, 1_033_350};
    Path file = Clips.clip(folder.resolve("a.mp4"), 160, 96, 25, times);
    List<Frame> frames = frames(file, 1);
    assertEquals(times.length, frames.size());
    for (int i = 0; i < times.length; i++) {
      assertEquals(times[i], frames.get(i).video().orElseThrow().micros(), 20);
    }
  }

  @Test
  void strideTakesEveryNthFrame() {
    Path file = Clips.clip(folder.resolve("a.mp4"), 10, 64, 64, 25);
    List<Long> numbers = new ArrayList<>();
    frames(file, 4).forEach(frame -> numbers.add(frame.video().orElseThrow().number()));
    assertEquals(List.of(1L, 5L, 9L), numbers);
    assertEquals(1, frames(file, 1000).size());
    assertThrows(
        YoloException.InvalidArgument.class, () -> SourceOptions.builder().vidStride(0).build());
  }

  @Test
  void animatedGifIsAVideoAndAnotherAPicture() throws IOException {
    byte[] gif = animated(3);
    Path file = Files.write(folder.resolve("a.gif"), gif);
    List<Frame> frames = frames(file, 1);
    assertEquals(3, frames.size());
    for (int i = 0; i < 3; i++) {
      int rgb = frames.get(i).read().toBufferedImage().getRGB(3, 3) & 0xFFFFFF;
      assertEquals(i * 0x40, rgb >> 16, 2);
    }
    Path still = folder.resolve("b.gif");
    ImageIO.write(Clips.picture(1, 20, 20), "gif", still.toFile());
    try (Source source = Sources.open(still)) {
      assertEquals(1, source.size().orElseThrow());
    }
    for (int length = 0; length < gif.length; length++) {
      VideoFile.isAnimatedGif(Arrays.copyOf(gif, length));
    }
    assertTrue(VideoFile.isAnimatedGif(gif));
    assertFalse(VideoFile.isAnimatedGif(Files.readAllBytes(still)));
  }

  private static byte[] animated(int pictures) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < pictures; i++) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 16; y++) {
          for (int x = 0; x < 16; x++) {
            image.setRGB(x, y, i * 0x400000);
          }
        }
        var facts = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        var root = new IIOMetadataNode("javax_imageio_gif_image_1.0");
        var control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", "10");
        control.setAttribute("transparentColorIndex", "0");
        root.appendChild(control);
        facts.mergeTree("javax_imageio_gif_image_1.0", root);
        writer.writeToSequence(new IIOImage(image, null, facts), null);
      }
      writer.endWriteSequence();
    }
    return out.toByteArray();
  }

  private static YoloException failure(Path file) {
    List<Frame> frames = frames(file, 1);
    return assertThrows(YoloException.class, frames.get(frames.size() - 1)::read);
  }

  @Test
  void whatIsNoVideoIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all");
    assertTrue(failure(text).getMessage().contains("text.mp4' cannot be decoded"));
    Path empty = Files.createFile(folder.resolve("empty.avi"));
    assertTrue(failure(empty).getMessage().contains("empty.avi"));
    Path list =
        Files.writeString(
            folder.resolve("list.mp4"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
    assertTrue(failure(list).getMessage().contains("list.mp4"));
    Path concat = Files.writeString(folder.resolve("c.mp4"), "ffconcat version 1.0\nfile a.mp4\n");
    assertTrue(failure(concat).getMessage().contains("c.mp4"));
  }

  @Test
  void damagedVideoGivesItsSoundFramesAndIsNamed() throws IOException {
    Path file = Clips.clip(folder.resolve("a.mkv"), 30, 160, 96, 25);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 60, (byte) 0x55);
    Path damaged = Files.write(folder.resolve("damaged.mkv"), bytes);
    List<Frame> frames = frames(damaged, 1);
    assertTrue(frames.size() > 5, "" + frames.size());
    for (Frame frame : frames.subList(0, frames.size() - 1)) {
      assertEquals(160, frame.read().width());
    }
    assertTrue(failure(damaged).getMessage().contains("damaged.mkv' is damaged in"));
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, 40));
    assertTrue(failure(cut).getMessage().contains("cut.mp4"));
  }

  @Test
  void turnedVideoIsUpright() throws IOException {
    Path file = Clips.clip(folder.resolve("a.mp4"), 2, 160, 96, 25);
    byte[] bytes = Files.readAllBytes(file);
    // The matrix of the track is 40 bytes behind the version of its header.
    int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 4;
    int[] quarter = {0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000};
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int i = 0; i < quarter.length; i++) {
      buffer.putInt(header + 40 + i * 4, quarter[i]);
    }
    Files.write(file, bytes);
    Image image = frames(file, 1).get(0).read();
    assertEquals(96, image.width());
    assertEquals(160, image.height());
    // The square in the upper left corner is now in the upper right one.
    BufferedImage picture = image.toBufferedImage();
    assertTrue((picture.getRGB(92, 4) & 0xFF) > 128);
    assertTrue((picture.getRGB(4, 4) & 0xFF) < 64);
  }

  @Test
  void folderGivesPicturesThenVideos() throws IOException {
    Clips.clip(folder.resolve("a.mp4"), 2, 64, 64, 25);
    ImageIO.write(Clips.picture(0, 64, 64), "png", folder.resolve("b.png").toFile());
    Files.writeString(folder.resolve("c.mkv"), "none");
    List<String> seen = new ArrayList<>();
    try (Source source = Sources.open(folder)) {
      assertEquals(3, source.items());
      for (Frame frame : source) {
        String name = Path.of(frame.name()).getFileName().toString();
        boolean broken = frame instanceof Item.Broken;
        seen.add(frame.item() + name + (broken ? " broken" : ""));
      }
    }
    assertEquals(List.of("0b.png", "1a.mp4", "1a.mp4", "2c.mkv broken"), seen);
  }
}
