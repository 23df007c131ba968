// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.Ffmpeg;

/**
 * Writes pictures as an MP4 video (H.264, or MPEG-4 where that cannot be had), each shown from its
 * own time on. Needs FFmpeg on the class path ({@code org.bytedeco:ffmpeg}). Not thread-safe. The
 * caller closes it; the video can be played only after that.
 */
public final class VideoWriter implements AutoCloseable {
  /** Times are kept in this many parts of a second: whole numbers at every usual frame rate. */
  private static final int TICKS = 60_000;

  /** Encoders want sides that are even and not too small. */
  private static final int LEAST_SIDE = 16;

  private static final double BITS_A_PIXEL = 0.15;

  private final Path file;
  private final int width;
  private final int height;
  private final int codedWidth;
  private final int codedHeight;
  private final double rate;
  private final int ticks;
  private final AVPacket packet;
  private final AVFrame frame;
  private final ByteBuffer pixels;
  private final PointerPointer<BytePointer> source;
  private final IntPointer sourceRow;
  private AVFormatContext format;
  private AVStream stream;
  private AVCodecContext codec;
  private SwsContext converter;
  private long last = -1;
  private boolean started;
  private boolean closed;

  /**
   * Begins a video.
   *
   * @param file where to; an existing file is replaced
   * @param width pixels per row, at least 1
   * @param height rows, at least 1
   * @param rate frames per second on average, which decides on the size of the file
   * @throws YoloException.NativeLibrary if FFmpeg is not there
   * @throws YoloException.WriteFailed if the file cannot be written, or no encoder takes this size
   */
  public VideoWriter(Path file, int width, int height, double rate) {
    this(
        Checks.given("file", file),
        width,
        height,
        rate,
        "mp4",
        List.of("libopenh264", "mpeg4"),
        TICKS);
  }

  VideoWriter(
      Path file,
      int width,
      int height,
      double rate,
      String container,
      List<String> encoders,
      int ticks) {
    Ffmpeg.load();
    this.ticks = ticks;
    this.file = file;
    this.width = width;
    this.height = height;
    this.codedWidth = Math.max(width + 1 & ~1, LEAST_SIDE);
    this.codedHeight = Math.max(height + 1 & ~1, LEAST_SIDE);
    this.rate = rate;
    this.packet = avcodec.av_packet_alloc();
    this.frame = avutil.av_frame_alloc();
    this.pixels = ByteBuffer.allocateDirect(Math.multiplyExact(codedWidth * 3, codedHeight));
    this.source = new PointerPointer<>(1);
    this.sourceRow = new IntPointer(1);
    try {
      open(container, encoders);
    } catch (RuntimeException | Error e) {
      free();
      throw e;
    }
  }

  private void open(String container, List<String> encoders) {
    AVFormatContext made = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(made, null, container, null));
    format = made;
    stream = avformat.avformat_new_stream(format, null);
    AVRational tick = new AVRational().num(1).den(ticks);
    int result = avutil.AVERROR_UNKNOWN();
    for (String name : encoders) {
      result = openEncoder(avcodec.avcodec_find_encoder_by_name(name), tick);
      if (result >= 0) {
        break;
      }
    }
    check(result);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec));
    stream.time_base(tick);
    stream.avg_frame_rate(codec.framerate());
    AVIOContext out = new AVIOContext(null);
    try (BytePointer address = Ffmpeg.address(file)) {
      check(avformat.avio_open2(out, address, avformat.AVIO_FLAG_WRITE, null, (AVDictionary) null));
    }
    format.pb(out);
    AVDictionary options = new AVDictionary(null);
    try {
      avutil.av_dict_set(options, "video_track_timescale", "" + ticks, 0);
      check(avformat.avformat_write_header(format, options));
    } finally {
      avutil.av_dict_free(options);
    }
    started = true;
    frame.format(codec.pix_fmt()).width(codedWidth).height(codedHeight);
    check(avutil.av_frame_get_buffer(frame, 0));
    converter =
        swscale.sws_getContext(
            codedWidth,
            codedHeight,
            avutil.AV_PIX_FMT_BGR24,
            codedWidth,
            codedHeight,
            codec.pix_fmt(),
            swscale.SWS_BICUBIC,
            null,
            null,
            (DoublePointer) null);
  }

  private int openEncoder(AVCodec encoder, AVRational tick) {
    if (encoder == null) {
      return avutil.AVERROR_UNKNOWN();
    }
    codec = avcodec.avcodec_alloc_context3(encoder);
    codec.width(codedWidth).height(codedHeight).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    codec.time_base(tick);
    codec.framerate(avutil.av_d2q(rate, 1001));
    codec.bit_rate(Math.round(codedWidth * codedHeight * rate * BITS_A_PIXEL) + 100_000);
    codec.gop_size((int) Math.max(1, Math.min(250, Math.round(2 * rate))));
    if ((format.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    int result = avcodec.avcodec_open2(codec, encoder, (AVDictionary) null);
    if (result < 0) {
      avcodec.avcodec_free_context(codec);
      codec = null;
    }
    return result;
  }

  /**
   * Adds a picture.
   *
   * @param picture {@link BufferedImage#TYPE_3BYTE_BGR}, as {@link Renderer#render} gives it; of
   *     another size than the video it is cut, or its last row and column are repeated
   * @param micros when it is shown, in microseconds from the start; it has to grow
   * @throws YoloException.WriteFailed if it cannot be written
   * @throws IllegalStateException if the video is closed
   */
  public void write(BufferedImage picture, long micros) {
    if (closed) {
      throw new IllegalStateException(
          "VideoWriter is closed: '" + file + "' was completed by close(); begin another video.");
    }
    Checks.given("picture", picture);
    copy(((DataBufferByte) picture.getRaster().getDataBuffer()).getData(), picture);
    check(avutil.av_frame_make_writable(frame));
    try (BytePointer first = new BytePointer(pixels)) {
      source.put(0, first);
      sourceRow.put(0, codedWidth * 3);
      swscale.sws_scale(
          converter, source, sourceRow, 0, codedHeight, frame.data(), frame.linesize());
    }
    last = Math.max(Math.round(micros * (ticks / 1e6)), last + 1);
    frame.pts(last);
    encode(frame);
  }

  /** Into the coded size, which may be a little larger. */
  private void copy(byte[] bgr, BufferedImage picture) {
    int columns = Math.min(picture.getWidth(), width);
    int rows = Math.min(picture.getHeight(), height);
    int row = codedWidth * 3;
    for (int y = 0; y < codedHeight; y++) {
      int from = Math.min(y, rows - 1) * picture.getWidth() * 3;
      pixels.put(y * row, bgr, from, columns * 3);
      for (int x = columns; x < codedWidth; x++) {
        pixels.put(y * row + x * 3, bgr, from + (columns - 1) * 3, 3);
      }
    }
  }

  private void encode(AVFrame picture) {
    check(avcodec.avcodec_send_frame(codec, picture));
    while (true) {
      int got = avcodec.avcodec_receive_packet(codec, packet);
      if (got == avutil.AVERROR_EAGAIN() || got == avutil.AVERROR_EOF()) {
        return;
      }
      check(got);
      packet.stream_index(0);
      packet.duration(Math.round(ticks / rate));
      avcodec.av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
      check(avformat.av_interleaved_write_frame(format, packet));
    }
  }

  /**
   * Completes the video; a second call has no effect.
   *
   * @throws YoloException.WriteFailed if its end cannot be written
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      encode(null);
      check(avformat.av_write_trailer(format));
      // What was left in the buffer may be what does not fit.
      avformat.avio_flush(format.pb());
      check(format.pb().error());
    } finally {
      free();
    }
  }

  private void free() {
    closed = true;
    swscale.sws_freeContext(converter);
    if (codec != null) {
      avcodec.avcodec_free_context(codec);
    }
    if (format != null) {
      if (format.pb() != null) {
        avformat.avio_closep(format.pb());
      }
      avformat.avformat_free_context(format);
    }
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    source.close();
    sourceRow.close();
  }

  private void check(int result) {
    if (result < 0) {
      throw new YoloException.WriteFailed(
          "A video of "
              + width
              + "x"
              + height
              + " must be written to '"
              + file
              + "', but that failed ('"
              + Ffmpeg.reason(result)
              + "'); free some space or choose another folder"
              + (started ? "." : ", or write frames with save_frames."));
    }
  }
}
