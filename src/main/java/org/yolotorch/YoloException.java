// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.io.Serial;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.text.Json;

/**
 * Any failure of yolotorch: one subclass per cause, each with a stable {@link #code()}.
 *
 * <p>The message is one sentence that says what was expected, what came and what to do. Use of a
 * closed model is not reported here but as {@link IllegalStateException}, and a null argument as
 * {@link NullPointerException} with a sentence that names it. Immutable and thread-safe.
 */
public abstract sealed class YoloException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  YoloException(ErrorCode code, String message, Throwable cause) {
    super(PlainText.message(Checks.given("message", message)), cause);
    this.code = code;
  }

  /** The cause of this failure. */
  public ErrorCode code() {
    return code;
  }

  /**
   * A JSON object of what failed, {@code image}, and why, {@code error}: its {@code code} and
   * {@code message}.
   */
  public String toJson(String image) {
    Checks.given("image", image);
    StringBuilder out = new StringBuilder();
    Json.text(out.append("{\"image\":"), image).append(",\"error\":{\"code\":\"").append(code);
    Json.text(out.append("\",\"message\":"), getMessage());
    return out.append("}}").toString();
  }

  /** A model file, picture file or folder does not exist. */
  public static final class NotFound extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public NotFound(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public NotFound(String message, Throwable cause) {
      super(ErrorCode.NOT_FOUND, message, cause);
    }
  }

  /** A model file is damaged, truncated or no model. */
  public static final class CorruptModel extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public CorruptModel(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public CorruptModel(String message, Throwable cause) {
      super(ErrorCode.CORRUPT_MODEL, message, cause);
    }
  }

  /** A sound model file of a kind this version cannot run. */
  public static final class UnsupportedModel extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public UnsupportedModel(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public UnsupportedModel(String message, Throwable cause) {
      super(ErrorCode.UNSUPPORTED_MODEL, message, cause);
    }
  }

  /** A model file asks for more than a model may; nothing of it was executed. */
  public static final class UnsafeModel extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public UnsafeModel(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public UnsafeModel(String message, Throwable cause) {
      super(ErrorCode.UNSAFE_MODEL, message, cause);
    }
  }

  /** An option is out of its range or contradicts another. */
  public static final class InvalidArgument extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public InvalidArgument(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public InvalidArgument(String message, Throwable cause) {
      super(ErrorCode.INVALID_ARGUMENT, message, cause);
    }
  }

  /** A picture size was asked for that the archive was not made for. */
  public static final class InputSize extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public InputSize(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public InputSize(String message, Throwable cause) {
      super(ErrorCode.INPUT_SIZE, message, cause);
    }
  }

  /** A picture or video cannot be read or used. */
  public static final class InvalidImage extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public InvalidImage(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public InvalidImage(String message, Throwable cause) {
      super(ErrorCode.INVALID_IMAGE, message, cause);
    }
  }

  /** A result could not be written. */
  public static final class WriteFailed extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public WriteFailed(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public WriteFailed(String message, Throwable cause) {
      super(ErrorCode.WRITE_FAILED, message, cause);
    }
  }

  /** The device asked for is not there. */
  public static final class DeviceUnavailable extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public DeviceUnavailable(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public DeviceUnavailable(String message, Throwable cause) {
      super(ErrorCode.DEVICE_UNAVAILABLE, message, cause);
    }
  }

  /**
   * Memory ran out, native, direct or that of Java's heap; models stay usable and a smaller call
   * may succeed.
   */
  public static final class OutOfMemory extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public OutOfMemory(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public OutOfMemory(String message, Throwable cause) {
      super(ErrorCode.OUT_OF_MEMORY, message, cause);
    }
  }

  /** The network itself failed while running. */
  public static final class InferenceFailed extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public InferenceFailed(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public InferenceFailed(String message, Throwable cause) {
      super(ErrorCode.INFERENCE_FAILED, message, cause);
    }
  }

  /** A call was ended by an interrupt of its thread, whose interrupt status stays set. */
  public static final class Cancelled extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public Cancelled(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public Cancelled(String message, Throwable cause) {
      super(ErrorCode.CANCELLED, message, cause);
    }
  }

  /**
   * A program that did not end in {@link LoadOptions#timeout()} and could not be stopped keeps this
   * process from predicting; see {@link Yolo#healthy()}.
   */
  public static final class Unhealthy extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public Unhealthy(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public Unhealthy(String message, Throwable cause) {
      super(ErrorCode.UNHEALTHY, message, cause);
    }
  }

  /** The native library, or FFmpeg for a video, could not be loaded on this machine. */
  public static final class NativeLibrary extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public NativeLibrary(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public NativeLibrary(String message, Throwable cause) {
      super(ErrorCode.NATIVE_LIBRARY, message, cause);
    }
  }

  /** Weights or a picture could not be fetched: no connection, or something else came. */
  public static final class DownloadFailed extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public DownloadFailed(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public DownloadFailed(String message, Throwable cause) {
      super(ErrorCode.DOWNLOAD_FAILED, message, cause);
    }
  }

  /** A data set cannot be used: its file, its labels, or they do not fit the model. */
  public static final class InvalidData extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public InvalidData(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public InvalidData(String message, Throwable cause) {
      super(ErrorCode.INVALID_DATA, message, cause);
    }
  }

  /**
   * A call was not done within {@link PredictOptions#timeout()}, or its model's program within
   * {@link LoadOptions#timeout()}.
   */
  public static final class Timeout extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public Timeout(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public Timeout(String message, Throwable cause) {
      super(ErrorCode.TIMEOUT, message, cause);
    }
  }

  /** A defect of yolotorch. */
  public static final class Internal extends YoloException {
    @Serial private static final long serialVersionUID = 1L;

    /** Reports {@code message}, one sentence. */
    public Internal(String message) {
      this(message, null);
    }

    /** Reports {@code message}, one sentence, with the exception that led to it (or null). */
    public Internal(String message, Throwable cause) {
      super(ErrorCode.INTERNAL, message, cause);
    }
  }
}
