// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

/**
 * The pixels of a decoded picture.
 *
 * @param bgr blue, green, red of each pixel, rows from top to bottom, without gaps
 * @param width pixels per row
 * @param height rows
 */
public record DecodedImage(byte[] bgr, int width, int height) {}
