// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * Position of a frame in its video. Immutable.
 *
 * @param number number of the frame in the video, from 1; with {@link
 *     org.yolotorch.source.SourceOptions#vidStride()} skipped frames are counted as well
 * @param frames frames of the video as its file states or its length suggests; 0 if neither is
 *     known
 * @param micros when the frame is shown, in microseconds from the start of the video
 * @param rate frames per second, on average; at least 1
 */
public record VideoFrame(long number, long frames, long micros, double rate) {}
