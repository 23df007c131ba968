// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
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
import org.yolotorch.Image;
import org.yolotorch.PixelFormat;
import org.yolotorch.VideoFrame;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Ffmpeg;

/**
 * The frames of a video file, decoded by FFmpeg. Not thread-safe.
 *
 * <p>The file may come from anywhere: only containers of videos are looked for, none that name
 * other files or addresses, and the size of a frame is limited as that of a picture.
 */
final class VideoReader implements AutoCloseable {
  private static final String CONTAINERS =
      "mov,avi,matroska,webm,asf,mpeg,mpegvideo,mpegts,gif,flv,ogg,m4v,h264,hevc";

  /** SIMD code of the converter may write a little behind a row. */
  private static final int ROW_ALIGNMENT = 64;

  private final String name;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final PointerPointer<BytePointer> target = new PointerPointer<>(1);
  private final IntPointer targetRow = new IntPointer(1);
  private AVFormatContext format;
  private AVCodecContext codec;
  private SwsContext converter;
  private AVRational timeBase;
  private int stream;
  private double rate;
  private long frames;
  private long start;
  private int turn;
  private ByteBuffer pixels;
  private boolean drained;
  private long number;
  private int damaged;

  /**
   * Opens a video.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidImage if it holds no video that can be decoded
   */
  VideoReader(Path file, String name) {
    this.name = name;
    try {
      open(file);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void open(Path file) {
    if (!Files.exists(file)) {
      throw new YoloException.NotFound(
          "A video was expected at '" + name + "', but there is none; check the path.",
          new FileNotFoundException(name));
    }
    if (!Files.isRegularFile(file)) {
      throw unreadable("it is no ordinary file");
    }
    AVDictionary options = new AVDictionary(null);
    AVFormatContext opened = new AVFormatContext(null);
    try (BytePointer address = Ffmpeg.address(file)) {
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
      check(avformat.avformat_open_input(opened, address, null, options));
    } finally {
      avutil.av_dict_free(options);
    }
    format = opened;
    check(avformat.avformat_find_stream_info(format, (AVDictionary) null));
    stream =
        avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    check(stream);
    AVStream video = format.streams(stream);
    AVCodec decoder = avcodec.avcodec_find_decoder(video.codecpar().codec_id());
    if (decoder == null) {
      throw unreadable("its codec is not known");
    }
    codec = avcodec.avcodec_alloc_context3(decoder);
    check(avcodec.avcodec_parameters_to_context(codec, video.codecpar()));
    codec.max_pixels(Image.MAX_PIXELS);
    codec.thread_count(2);
    codec.pkt_timebase(video.time_base());
    check(avcodec.avcodec_open2(codec, decoder, (AVDictionary) null));
    timeBase = video.time_base();
    readFacts(video);
  }

  private void readFacts(AVStream video) {
    AVRational guess = avformat.av_guess_frame_rate(format, video, null);
    rate = guess.num() > 0 && guess.den() > 0 ? (double) guess.num() / guess.den() : 25;
    frames = video.nb_frames();
    if (frames <= 0 && format.duration() > 0) {
      frames = Math.round(format.duration() / 1e6 * rate);
    }
    start = video.start_time() == avutil.AV_NOPTS_VALUE ? 0 : video.start_time();
    AVPacketSideData matrix =
        video.codecpar().nb_coded_side_data() == 0
            ? null
            : avcodec.av_packet_side_data_get(
                video.codecpar().coded_side_data(),
                video.codecpar().nb_coded_side_data(),
                avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix != null && !matrix.isNull() && matrix.size() >= 36) {
      double angle = avutil.av_display_rotation_get(new IntPointer(matrix.data()));
      if (!Double.isNaN(angle)) {
        // FFmpeg counts against the clock.
        turn = Math.floorMod(Math.round((float) (-angle / 90)), 4);
      }
    }
  }

  /** Decodes the next frame; false at the end. */
  boolean advance() {
    while (true) {
      int got = avcodec.avcodec_receive_frame(codec, frame);
      if (got == 0) {
        number++;
        damaged += frame.decode_error_flags() == 0 ? 0 : 1;
        return true;
      }
      if (got == avutil.AVERROR_EOF()) {
        return false;
      }
      if (got != avutil.AVERROR_EAGAIN()) {
        damaged++;
      }
      if (drained) {
        return false;
      }
      feed();
    }
  }

  private void feed() {
    int read = avformat.av_read_frame(format, packet);
    if (read < 0) {
      damaged += read == avutil.AVERROR_EOF() ? 0 : 1;
      drained = true;
      avcodec.avcodec_send_packet(codec, null);
      return;
    }
    try {
      if (packet.stream_index() == stream && avcodec.avcodec_send_packet(codec, packet) < 0) {
        damaged++;
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  /** Where the frame decoded last is. */
  VideoFrame place() {
    long stamp = frame.best_effort_timestamp();
    long micros =
        stamp == avutil.AV_NOPTS_VALUE
            ? Math.round((number - 1) * 1e6 / rate)
            : Math.round((stamp - start) * 1e6 * timeBase.num() / timeBase.den());
    return new VideoFrame(number, Math.max(frames, 0), micros, Math.max(rate, 1));
  }

  /** Places so far that could not be decoded, or not wholly. */
  int damaged() {
    return damaged;
  }

  /** The pixels of the frame decoded last, upright. */
  Image image() {
    int width = frame.width();
    int height = frame.height();
    int row = (width * 3 + 2 * ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
    int bytes = Math.multiplyExact(row, height);
    if (pixels == null || pixels.capacity() < bytes) {
      pixels = ByteBuffer.allocateDirect(bytes);
    }
    converter =
        swscale.sws_getCachedContext(
            converter,
            width,
            height,
            frame.format(),
            width,
            height,
            avutil.AV_PIX_FMT_BGR24,
            swscale.SWS_BICUBIC,
            null,
            null,
            (DoublePointer) null);
    if (converter == null) {
      throw unreadable("its pixels are of an unknown kind");
    }
    targetRow.put(0, row);
    try (BytePointer first = new BytePointer(pixels)) {
      target.put(0, first);
      swscale.sws_scale(converter, frame.data(), frame.linesize(), 0, height, target, targetRow);
    }
    return turn == 0
        ? Image.copyOf(pixels, width, height, PixelFormat.BGR, row)
        : turned(width, height, row);
  }

  /** Turns by quarters with the clock, as phones ask for. */
  private Image turned(int width, int height, int row) {
    int newWidth = turn == 2 ? width : height;
    int newHeight = turn == 2 ? height : width;
    byte[] upright = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int toX = turn == 1 ? height - 1 - y : turn == 2 ? width - 1 - x : y;
        int toY = turn == 1 ? x : turn == 2 ? height - 1 - y : width - 1 - x;
        pixels.get(y * row + x * 3, upright, (toY * newWidth + toX) * 3, 3);
      }
    }
    return Image.of(ByteBuffer.wrap(upright), newWidth, newHeight, PixelFormat.BGR);
  }

  private void check(int result) {
    if (result < 0) {
      throw unreadable(Ffmpeg.reason(result));
    }
  }

  private YoloException unreadable(String reason) {
    return new YoloException.InvalidImage(
        "A video was expected, but '"
            + name
            + "' cannot be decoded ('"
            + reason
            + "'); replace it, or convert it with FFmpeg.");
  }

  @Override
  public void close() {
    swscale.sws_freeContext(converter);
    converter = null;
    if (codec != null) {
      avcodec.avcodec_free_context(codec);
      codec = null;
    }
    if (format != null) {
      avformat.avformat_close_input(format);
      format = null;
    }
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    target.close();
    targetRow.close();
  }
}
