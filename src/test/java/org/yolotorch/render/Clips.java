// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.yolotorch.internal.Ffmpeg;

/** Videos and WebP pictures for tests, made by FFmpeg. */
public final class Clips {
  private static final Map<String, List<String>> ENCODERS =
      Map.of(
          "mp4", List.of("libopenh264"),
          "mov", List.of("mpeg4"),
          "avi", List.of("mpeg4"),
          "mkv", List.of("libopenh264"),
          "webm", List.of("libvpx"),
          "mpg", List.of("mpeg2video"),
          "ts", List.of("mpeg2video"),
          "wmv", List.of("wmv2"));

  private Clips() {}

  /** A clip of constant rate in which a bright square moves, of the kind that its suffix says. */
  public static Path clip(Path file, int frames, int width, int height, double rate) {
    long[] times = new long[frames];
    for (int i = 0; i < frames; i++) {
      times[i] = Math.round(i * 1e6 / rate);
    }
    return clip(file, width, height, rate, times);
  }

  /** A clip whose frames are shown at these times, in microseconds. */
  public static Path clip(Path file, int width, int height, double rate, long... times) {
    String name = file.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    String container =
        switch (suffix) {
          case "mkv" -> "matroska";
          case "mpg" -> "mpeg";
          case "ts" -> "mpegts";
          case "wmv" -> "asf";
          default -> suffix;
        };
    // These containers or encoders take nothing finer than their frames.
    boolean coarse = List.of("avi", "mpg", "ts").contains(suffix);
    int ticks = coarse ? (int) rate : 60_000;
    try (VideoWriter writer =
        new VideoWriter(file, width, height, rate, container, ENCODERS.get(suffix), ticks)) {
      for (int i = 0; i < times.length; i++) {
        writer.write(picture(i, width, height), times[i]);
      }
    }
    return file;
  }

  /** The picture of a frame: dark, with a square whose place tells the number. */
  public static BufferedImage picture(int number, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    int side = Math.max(height / 4, 1);
    int left = number * 8 % Math.max(width - side, 1);
    for (int y = 0; y < side; y++) {
      for (int x = left; x < Math.min(left + side, width); x++) {
        image.setRGB(x, y, 0xF0E0D0);
      }
    }
    return image;
  }

  /** A picture as WebP. */
  public static byte[] webp(BufferedImage image, boolean lossless) {
    Ffmpeg.load();
    AVCodec encoder = avcodec.avcodec_find_encoder_by_name("libwebp");
    AVCodecContext codec = avcodec.avcodec_alloc_context3(encoder);
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      codec.width(image.getWidth()).height(image.getHeight()).pix_fmt(avutil.AV_PIX_FMT_BGRA);
      codec.time_base(new AVRational().num(1).den(1));
      avutil.av_opt_set_int(codec.priv_data(), "lossless", lossless ? 1 : 0, 0);
      avutil.av_opt_set_double(codec.priv_data(), "quality", 95, 0);
      check(avcodec.avcodec_open2(codec, encoder, (org.bytedeco.ffmpeg.avutil.AVDictionary) null));
      frame.width(image.getWidth()).height(image.getHeight()).format(avutil.AV_PIX_FMT_BGRA);
      check(avutil.av_frame_get_buffer(frame, 0));
      byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      BytePointer to = frame.data(0);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int from = (y * image.getWidth() + x) * 3;
          long at = (long) y * frame.linesize(0) + x * 4L;
          to.put(at, bgr[from]).put(at + 1, bgr[from + 1]).put(at + 2, bgr[from + 2]);
          to.put(at + 3, (byte) 255);
        }
      }
      check(avcodec.avcodec_send_frame(codec, frame));
      check(avcodec.avcodec_receive_packet(codec, packet));
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(codec);
    }
  }

  private static void check(int result) {
    assertTrue(result >= 0, Ffmpeg.reason(result));
  }
}
